import fc from 'fast-check'
import type { Place } from '#tests/ledger/model/books.ts'
import type { Name } from '#tests/support/cast.ts'

/** A minute of a day that many days ago; null is now. */
export type Moment = { daysAgo: number; clock: string } | null

/** The first or the second of the place. */
export type Consumer = 0 | 1

/** What happens next, in words that mean something in any state of the books. */
export type Step =
  | {
      step: 'book'
      who: Name
      place: Place
      isIn: boolean
      isOpening: boolean
      litres: number
      moment: Moment
      /** A clerk names the other location, a bookkeeper none. */
      isAstray: boolean
      key: number | null
      notes: string | null
      consumer: Consumer | null
      isConfirmed: boolean
    }
  | {
      step: 'correct'
      who: Name
      /** Counted from the newest entry back. */
      pick: number
      /** One that the person booked, one of a location that they may see, or another. */
      aim: 'own' | 'any' | 'unknown'
      replacement: {
        litres: number
        moment: Moment | 'as it was'
        notes: string | null | undefined
        consumer: Consumer | null | undefined
      } | null
      key: number | null
      isConfirmed: boolean
    }
  | { step: 'again'; pick: number; change: 'none' | 'spelling' | 'amount' | 'person' }
  | { step: 'location'; place: Place; isOpen: boolean }
  | { step: 'person'; who: 'sari' | 'budi'; isActive: boolean }
  | { step: 'wait'; seconds: number }
  | { step: 'file'; rows: Row[]; opening: { place: Place; litres: number } | null }
  | { step: 'file again'; pick: number; isLonger: boolean; row: Row }
  | {
      step: 'look'
      who: Name
      place: Place | null
      type: 'IN' | 'OUT' | null
      firstDaysAgo: number | null
      lastDaysAgo: number | null
      sort: 'date' | '-date' | 'amount' | '-amount'
      limit: number
      page: number
    }

export type Row = {
  place: Place
  isIn: boolean
  litres: number
  moment: { daysAgo: number; clock: string }
  notes: string | null
  fault: 'illegible' | 'stranger' | 'future' | null
}

/** Few amounts, so that the stock often comes to exactly zero, and to exactly what is usual. */
const out = fc.constantFrom(500, 100, 500, 500, 1, 1000, 500, 2500, 2501, 2501, 6000)
const into = fc.constantFrom(3000, 500, 2000, 2500, 5000, 5000, 5001, 5000, 10_000, 25_000)
const place = fc.constantFrom<Place[]>('GENSET', 'GENSET', 'GENSET', 'TUG_ASSIST')
const notes = fc.constantFrom(null, null, 'shift malam')
/** Every other time nothing. */
const maybe = <One>(one: fc.Arbitrary<One>) => fc.option(one, { freq: 2 })
const consumer = fc.constantFrom<(Consumer | null)[]>(null, 0, 1)
const key = maybe(fc.nat({ max: 60 }))
const rarely = fc.nat({ max: 24 }).map((one) => one === 24)
const sometimes = fc.nat({ max: 2 }).map((one) => one === 2)

/** Few minutes, on both sides of midnight. */
const clock = fc.constantFrom('12:00', '00:00', '00:01', '23:59')
const past = fc.record({ daysAgo: fc.nat({ max: 3 }), clock })
const longPast = fc.record({ daysAgo: fc.constantFrom(3, 3, 2, 1), clock })
const yesterday = fc.record({ daysAgo: fc.constantFrom(1, 1, 1, 0, 2), clock })

const usual = { place, key, notes, consumer, isAstray: rarely, isConfirmed: sometimes }
const keeper = fc.constantFrom<Name[]>('wati', 'wati', 'wati', 'agus')
const clerk = fc.constantFrom<Name[]>('sari', 'sari', 'budi')

/** Much comes early and goes late, else nearly all that goes would be refused. */
const deliver = fc
  .record({
    ...usual,
    who: fc.oneof({ weight: 19, arbitrary: keeper }, { weight: 1, arbitrary: clerk }),
    litres: into,
    moment: fc.oneof(fc.constant(null), longPast, past),
  })
  .map((rest): Step => ({ step: 'book', isIn: true, isOpening: false, ...rest }))

const open = fc
  .record({
    ...usual,
    who: keeper,
    litres: into,
    moment: fc.record({ daysAgo: fc.constantFrom(4, 4, 3), clock }),
  })
  .map((rest): Step => ({ step: 'book', isIn: true, isOpening: true, ...rest }))

const use = fc
  .oneof(
    fc.record({ ...usual, who: keeper, litres: out, moment: maybe(past) }),
    fc.record({ ...usual, who: clerk, litres: out, moment: maybe(yesterday) }),
  )
  .map((rest): Step => ({ step: 'book', isIn: false, isOpening: false, ...rest }))

const correct = fc
  .record({
    who: fc.constantFrom<Name[]>('wati', 'wati', 'wati', 'agus', 'sari', 'sari', 'budi'),
    pick: fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 60 })),
    aim: fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom('own', 'any') },
      { weight: 1, arbitrary: fc.constant('unknown') },
    ),
    replacement: fc.option(
      fc.record({
        litres: fc.oneof(into, out),
        moment: fc.oneof(
          fc.constant('as it was' as const),
          fc.constant('as it was' as const),
          past,
        ),
        notes: fc.constantFrom(undefined, null, 'sesuai DO'),
        consumer: fc.constantFrom<(Consumer | null | undefined)[]>(
          undefined,
          undefined,
          null,
          0,
          1,
        ),
      }),
      { freq: 3 },
    ),
    key,
    isConfirmed: sometimes,
  })
  .map((rest): Step => ({ step: 'correct', ...rest }))

const again = fc
  .record({
    pick: fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 60 })),
    change: fc.constantFrom('none', 'none', 'spelling', 'amount', 'person'),
  })
  .map((rest): Step => ({ step: 'again', ...rest }))

const location = fc
  .record({ place, isOpen: fc.constantFrom(true, true, true, true, true, false) })
  .map((rest): Step => ({ step: 'location', ...rest }))

const person = fc
  .record({
    who: fc.constantFrom('sari', 'sari', 'budi'),
    isActive: fc.constantFrom(true, true, true, false),
  })
  .map((rest): Step => ({ step: 'person', ...rest }))

/** To the second, and once to exactly a day: a clerk's right to correct ends after it. */
const wait = fc
  .constantFrom(60, 30, 1, 3600, 36_000, 86_400)
  .map((seconds): Step => ({ step: 'wait', seconds }))

const row = fc
  .record({
    place,
    isIn: fc.constantFrom(true, false, false),
    amounts: fc.record({ into, out }),
    moment: longPast,
    notes,
    fault: fc.constantFrom(...Array<null>(30).fill(null), 'illegible', 'stranger', 'future'),
  })
  .map(({ amounts, ...rest }) => ({ ...rest, litres: rest.isIn ? amounts.into : amounts.out }))

const file = fc
  .record({
    rows: fc.array(row, { minLength: 1, maxLength: 6, size: 'max' }),
    opening: maybe(fc.record({ place, litres: into })),
  })
  .map((rest): Step => ({ step: 'file', ...rest }))

const fileAgain = fc
  .record({ pick: fc.nat({ max: 3 }), isLonger: fc.boolean(), row })
  .map((rest): Step => ({ step: 'file again', ...rest }))

const daysAgo = maybe(fc.nat({ max: 3 }))

const look = fc
  .record({
    who: fc.constantFrom<Name[]>('wati', 'wati', 'sari', 'budi'),
    place: maybe(place),
    type: maybe(fc.constantFrom('IN', 'OUT')),
    firstDaysAgo: daysAgo,
    lastDaysAgo: daysAgo,
    sort: fc.constantFrom('-date', 'date', 'amount', '-amount'),
    limit: fc.constantFrom(100, 20, 5),
    page: fc.constantFrom(1, 1, 2),
  })
  .map((rest): Step => ({ step: 'look', ...rest }))

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 22, arbitrary: deliver },
  { weight: 3, arbitrary: open },
  { weight: 32, arbitrary: use },
  { weight: 22, arbitrary: correct },
  { weight: 8, arbitrary: again },
  { weight: 3, arbitrary: location },
  { weight: 2, arbitrary: person },
  { weight: 4, arbitrary: wait },
  { weight: 3, arbitrary: file },
  { weight: 2, arbitrary: fileAgain },
  { weight: 4, arbitrary: look },
)

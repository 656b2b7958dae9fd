import type { Context } from 'hono'
import { can, isAllowed } from '#src/auth/permissions.ts'
import { announceBooking } from '#src/dashboard/announcement.tsx'
import { clerkDesk, ownLastEntries } from '#src/dashboard/clerk-desk.tsx'
import { depotClock } from '#src/dashboard/clock.ts'
import { type Answered, entryForm } from '#src/dashboard/entry-form.ts'
import { type LocationToday, readLocationsToday } from '#src/dashboard/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import { readInput, readTyped } from '#src/http/input.ts'
import { isFragment, redirect, render } from '#src/http/render.tsx'
import { type Env, type Returned, route } from '#src/http/route.ts'
import { typedEntry } from '#src/ledger/input.ts'
import { questionOf } from '#src/ledger/question.ts'
import { type Booking, recordDelivery, recordUsage } from '#src/ledger/service.ts'
import { Rejected } from '#src/rejected.ts'
import { businessDay } from '#src/units/business-day.ts'
import { toDecimal } from '#src/units/litres.ts'
import { LastEntries } from '#views/dashboard/last-entries.tsx'
import { BookedStatus } from '#views/stock/booked-status.tsx'
import { EntryForm, type EntryFormKind, entryFormHeading } from '#views/stock/entry-form.tsx'
import { PlateDay, PlateHero } from '#views/stock/plate-hero.tsx'
import { ChosenLocation, StockPage } from '#views/stock/stock-page.tsx'

type Path = '/stock/in' | '/stock/out'

const CHANGED_AFTER_BOOKING =
  'Formulir ini sudah dicatat dengan isi yang lain. Kalau ini catatan baru, kirim sekali lagi.'

export const stockRoutes = [
  route('GET', '/stock/in', can.recordDelivery, (c) => showForm(c, '/stock/in')),
  route('GET', '/stock/out', can.recordUsage, (c) => showForm(c, '/stock/out')),
  route('POST', '/stock/in', can.recordDelivery, (c) => book(c, '/stock/in'), {
    refill: (c, why) => refill(c, '/stock/in', why),
  }),
  route('POST', '/stock/out', can.recordUsage, (c) => book(c, '/stock/out'), {
    refill: (c, why) => refill(c, '/stock/out', why),
  }),
]

async function showForm(c: Context<Env>, path: Path): Promise<Response> {
  const typed = await readTyped(c)
  const page = {
    title: entryFormHeading(kindOf(path, typed)),
    announcement: await announceBooking(c),
  }
  return render(c, page, <Stock {...(await stockOf(c, path, typed))} />)
}

async function book(c: Context<Env>, path: Path): Promise<Response> {
  const typed = await readTyped(c)
  try {
    const schema = typedEntry(c.get('system').config.timezone)
    const { requestId, ...fields } = await readInput(c, 'form', schema)
    const input = {
      ...fields,
      confirmUnusual: fields.confirmUnusual === toDecimal(fields.amount),
      request: { id: requestId, endpoint: `POST ${path}` },
    }
    const record = path === '/stock/in' ? recordDelivery : recordUsage
    return await showBooking(c, path, await record(c.get('system'), actorOf(c), input))
  } catch (error) {
    if (!(error instanceof Rejected) || error.status === 403) throw error
    return showRefusal(c, path, typed, error)
  }
}

/** htmx gets a fresh form with everything that changed around it; a plain form goes on to the page it came from. */
async function showBooking(c: Context<Env>, path: Path, booking: Booking): Promise<Response> {
  const { entry, isRepeat } = booking
  const isFromHome = (await readTyped(c)).from === 'home'
  const done = `booked=${entry.id}${isRepeat ? '&again=1' : ''}`
  // An opening is booked once: what follows is another form, so that the whole page is another.
  if (!isFragment(c) || entry.kind === 'opening') {
    return redirect(
      c,
      isFromHome ? `/?${done}` : `${path}?location=${encodeURIComponent(entry.location)}&${done}`,
    )
  }
  const stock = await stockOf(c, path, { location: entry.location, from: isFromHome ? 'home' : '' })
  const balance = stock.location?.balance ?? entry.balanceAfter
  const status = {
    kind: entry.kind,
    litres: entry.litres,
    balance,
    clock: entry.recordedClock,
    isRepeated: isRepeat,
  }
  return render(
    c,
    { title: 'Tercatat' },
    <>
      <EntryForm {...stock.form} />
      <BookedStatus {...status} isOutOfBand />
      {isFromHome ? (
        <>
          {stock.location ? (
            <>
              <PlateHero location={stock.location} today={stock.today} isOutOfBand />
              <PlateDay
                location={stock.location}
                today={stock.today}
                clock={depotClock(c.get('system'))}
                isOutOfBand
              />
            </>
          ) : null}
          <LastEntries {...(await ownLastEntries(c))} newEntryId={entry.id} isOutOfBand />
        </>
      ) : (
        <ChosenLocation {...stock} isOutOfBand />
      )}
    </>,
  )
}

/** A form whose key has booked something else gets a fresh key, so that sending it once more books what it says now. */
async function showRefusal(
  c: Context<Env>,
  path: Path,
  sent: Record<string, string>,
  refusal: Rejected,
): Promise<Response> {
  const isUsedUp = refusal.status === 409
  const typed = isUsedUp ? { ...sent, requestId: '' } : sent
  const whole = isUsedUp ? CHANGED_AFTER_BOOKING : refusal.message
  const question = questionOf(refusal, typed.amount)
  const details = Object.keys(refusal.details).length > 0 ? refusal.details : { '': whole }
  const errors = question ? {} : details
  // htmx puts a 422 in the form's place, and nothing else.
  const status = isUsedUp && !isFragment(c) ? 409 : 422
  return showUnbooked(c, path, { typed, errors, question, status })
}

async function refill(c: Context<Env>, path: Path, why: Returned): Promise<Response> {
  const { status, sentence } = why
  return showUnbooked(c, path, { typed: await readTyped(c), errors: { '': sentence }, status })
}

type Unbooked = Answered & { typed: Record<string, string>; status: 200 | 403 | 409 | 422 }

async function showUnbooked(
  c: Context<Env>,
  path: Path,
  { status, ...answered }: Unbooked,
): Promise<Response> {
  const stock = await stockOf(c, path, answered.typed, answered)
  const page = { title: `Belum tercatat · ${entryFormHeading(stock.kind)}`, status }
  if (isFragment(c)) return render(c, page, <EntryForm {...stock.form} />)
  if (stock.form.isCompact) return render(c, page, await clerkDesk(c, answered))
  return render(c, page, <Stock {...stock} />)
}

type Stock = Awaited<ReturnType<typeof stockOf>>

const Stock = ({ form, ...chosen }: Stock) => <StockPage form={form} {...chosen} />

async function stockOf(
  c: Context<Env>,
  path: Path,
  typed: Record<string, string>,
  answered: Pick<Answered, 'errors' | 'question'> = {},
) {
  const system = c.get('system')
  const actor = actorOf(c)
  const moment = { now: system.now(), zone: system.config.timezone }
  const locations = await readLocationsToday(system.db, actor, moment)
  const kind = kindOf(path, typed)
  const isCompact = typed.from === 'home'
  const form = entryForm(c, { kind, locations, typed, ...answered, isCompact })
  return {
    kind,
    form,
    location: chosenOf(locations, form.values.location),
    today: businessDay(moment.now, moment.zone),
    canRecordOpening: isAllowed(can.recordOpening, actor),
  }
}

const chosenOf = (locations: LocationToday[], code: string): LocationToday | null =>
  locations.find((location) => location.code === code) ?? null

const kindOf = (path: Path, typed: Record<string, string>): EntryFormKind => {
  if (path === '/stock/out') return 'usage'
  return typed.kind === 'opening' ? 'opening' : 'delivery'
}

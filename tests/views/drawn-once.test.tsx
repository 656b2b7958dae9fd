import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { sampleEntry } from '#tests/views/samples.ts'
import { EntryRow } from '#views/history/entry-row.tsx'
import { drawnOnce, type Plain } from '#views/ui/drawn-once.tsx'

const MOST = 3

/** Says how often it was drawn, which no component of ours may. */
function counted() {
  const drawn = { times: 0 }
  const Counted = drawnOnce(MOST, (properties: { value: Plain }) => {
    drawn.times += 1
    return <b>{`${typeof properties.value} ${drawn.times}`}</b>
  })
  const draw = (value: Plain) => String(<Counted value={value} />)
  return { drawn, draw }
}

test('is the markup that it would be, text escaped and elements as they are', () => {
  type Properties = { text: string; title: string; many: string[]; isShown: boolean }
  const Drawn = ({ text, title, many, isShown }: Properties) => (
    <>
      <p title={title} hidden={!isShown}>
        {text} <b>{many.length}</b>
      </p>
      {many.map((each) => (
        <i>{each}</i>
      ))}
      {isShown ? null : 'nihil'}
    </>
  )
  const Once = drawnOnce(MOST, Drawn)
  const text = '<script>alert("x")</script> & \'kutip\' − 🛢️'
  for (const isShown of [true, false, true]) {
    const properties = { text, title: text, many: [text, '', text], isShown }
    const [once, each] = [<Once {...properties} />, <Drawn {...properties} />]
    expect(String(once)).toBe(String(each))
    expect(String(<div>{once}</div>)).toBe(String(<div>{each}</div>))
  }
})

test('may be nothing at all', () => {
  const Nothing = drawnOnce(MOST, (_: { isShown: boolean }) => <></>)
  expect(String(<Nothing isShown />)).toBe('')
})

test('is drawn once for the same properties, and again after as many others as are kept', () => {
  const { draw } = counted()
  expect(draw('a')).toBe('<b>string 1</b>')
  expect(draw('a')).toBe('<b>string 1</b>')
  for (const value of [1, 2, 'a', 3]) draw(value)
  expect(draw('a')).toBe('<b>string 1</b>')
  for (const value of [4, 5, 6]) draw(value)
  expect(draw('a')).toBe('<b>string 8</b>')
})

const ALIKE: [Plain, Plain][] = [
  ['1', 1],
  [1, 1n],
  [0, null],
  [null, undefined],
  ['', null],
  [true, 'true'],
  [false, undefined],
  [new Date(5), 5],
  [new Date(5), new Date(6)],
  [new Date(5), new Date(5).toISOString()],
  [[], {}],
  [['a', 'b'], ['ab']],
  [['a', 'b'], 'a,b'],
  [['a', 'b'], ['a"b']],
  [['a', 'b'], ['a"1:b']],
  [[['a'], 'b'], [['a', 'b']]],
  [[1, undefined], [1]],
  [{ a: '1' }, { a: 1 }],
  [{ a: 'b,1:c' }, { a: 'b', c: '' }],
  [{ a: 'x', b: 1 }, { 'a"1:x,b': 1 }],
  [{ a: 'x', b: 1 }, { 'a"1:x,1:b': 1 }],
  [{ a: undefined }, {}],
  [{ a: { b: 1 } }, { a: {}, b: 1 }],
]

test.each(ALIKE)('is never shared by %p and %p', (one, other) => {
  const { drawn, draw } = counted()
  expect(draw(one)).not.toBe(draw(other))
  expect(drawn.times).toBe(2)
})

const { plain } = fc.letrec<{ plain: Plain }>((tie) => {
  const text = fc.string({ unit: fc.constantFrom(...'01:,;#n@{}[]!?+-"a'), maxLength: 6 })
  return {
    plain: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.integer({ min: 0, max: 12 }),
      fc.bigInt({ min: 0n, max: 12n }),
      fc.boolean(),
      fc.constantFrom(null, undefined),
      fc.date({ min: new Date(0), max: new Date(12), noInvalidDate: true }),
      fc.array(tie('plain'), { maxLength: 3 }),
      fc.dictionary(text, tie('plain'), { maxKeys: 3, noNullPrototype: true }),
    ),
  }
})

test('is never shared by different properties, and always by a copy of them', () => {
  fc.assert(
    fc.property(plain, plain, (one, other) => {
      const { drawn, draw } = counted()
      draw(one)
      draw(structuredClone(one))
      expect(drawn.times).toBe(1)
      draw(other)
      if (drawn.times === 1) expect(other).toStrictEqual(one)
    }),
    { numRuns: 3000 },
  )
})

test('takes nothing that text cannot say all of', () => {
  const { draw } = counted()
  // @ts-expect-error A function may do anything.
  expect(() => draw(() => 1)).toThrow('no function')
  // @ts-expect-error An element may read a context.
  expect(() => draw(<p />)).toThrow('hold values')
  // @ts-expect-error Its values are hidden.
  expect(() => draw(new Set([1]))).toThrow('hold values')
})

test('waits for nothing', () => {
  const Later = async () => <p>nanti</p>
  const Once = drawnOnce(MOST, (_: { at: number }) => <Later />)
  expect(() => String(<Once at={1} />)).toThrow('must not wait')
})

test('a row of the ledger tells everything about its entry, however often it was drawn before', () => {
  const shown = { day: null, showLocation: true, isFull: true, isNew: false, inlineFilter: '' }
  const rowOf = (change: Parameters<typeof sampleEntry>[0], isCorrectable = true) =>
    String(<EntryRow entry={sampleEntry(change)} {...shown} isCorrectable={isCorrectable} />)
  const rows = [
    rowOf({}),
    rowOf({ balanceAfter: 1n }),
    rowOf({ reversedById: 7 }),
    rowOf({ replacesId: 7 }),
    rowOf({ isOverCapacity: true }),
    rowOf({ notes: 'ganti oli' }),
    rowOf({}, false),
  ]
  expect(new Set(rows).size).toBe(rows.length)
  expect(rowOf({})).toBe(rows[0] ?? '')
})

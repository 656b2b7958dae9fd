import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { desc } from 'drizzle-orm'
import { entries } from '#src/database/schema/transactions.ts'
import { dataOf, EntryJson, refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { countEntries } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { wordsOf } from '#tests/support/html.ts'

let depot: Depot
let wati: Client
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
})
afterAll(() => depot.close())

const ORDINARY: [string, string][] = [
  ['an emoji', 'tangki \u{1f6e2}\u{fe0f} \u{1f469}\u{1f3fd}\u200d\u{1f527}'],
  ['a script', '<script>alert(1)</script>'],
  ['quotes', `"ganda" 'tunggal' \`miring\` &amp; \\n \\' ; --`],
  ['line breaks', 'satu\ndua\r\ntiga'],
  ['blanks around', '  di tengah  '],
  ['other alphabets', '\u0623\u0647\u0644\u0627 \u4f60\u597d \u00e9e\u0301'],
  ['a formula', '=1+1'],
  ['wildcards', '100% _ \\%'],
]
describe.each(['notes', 'reference'])('%s', (field) => {
  test.each(ORDINARY)('with %s are stored as typed and shown escaped', async (_, text) => {
    const sent = { location: 'GENSET', amount: 1, [field]: text }
    const response = await wati.api('POST', '/api/stock/in', sent)
    expect(response.status).toBe(201)
    const entry = await dataOf(response, EntryJson)
    expect(entry).toHaveProperty(field, text)
    const [stored] = await depot.db.select().from(entries).orderBy(desc(entries.id)).limit(1)
    expect(stored).toHaveProperty(field, text)
    for (const page of [`/history/${entry.id}`, '/history']) {
      const html = await (await wati.get(page)).text()
      expect(html).not.toContain('<script>alert')
      expect(wordsOf(html)).toContain(text.trim().replace(/\s+/g, ' '))
    }
  })

  test.each([
    ['empty', ''],
    ['blank', ' \n '],
    ['null', null],
  ])('that are %s count as none', async (_, text) => {
    const sent = { location: 'GENSET', amount: 1, [field]: text }
    const entry = await dataOf(await wati.api('POST', '/api/stock/in', sent), EntryJson)
    expect(entry).toHaveProperty(field, null)
  })

  test.each([
    ['a tab', 'a\tb'],
    ['NUL', 'a\0b'],
    ['a bell', '\u0007'],
    ['escape', 'a\u001b[31m'],
    ['a vertical tab', 'a\u000b'],
    ['DEL', 'a\u007f'],
    ['C1', 'a\u0085b'],
    ['a lone high surrogate', 'a\ud83d'],
    ['a lone low surrogate', '\ude00a'],
  ])('with %s are refused at the field and book nothing', async (_, text) => {
    const before = await countEntries(depot.db)
    const sent = { location: 'GENSET', amount: 1, [field]: text }
    const response = await wati.api('POST', '/api/stock/in', sent)
    expect(response.status).toBe(422)
    expect(Object.keys((await refusalOf(response)).details)).toEqual([field])
    expect(await countEntries(depot.db)).toBe(before)
  })
})

test.each([
  ['notes', 500],
  ['reference', 100],
])('%s hold %d letters, emoji too, and not one more', async (field, most) => {
  for (const letter of ['a', '\u{1f6a2}', '\n']) {
    const filled = letter === '\n' ? `a${letter.repeat(most - 2)}b` : letter.repeat(most)
    const sent = { location: 'GENSET', amount: 1, [field]: filled }
    const entry = await dataOf(await wati.api('POST', '/api/stock/in', sent), EntryJson)
    expect(entry).toHaveProperty(field, filled)
    const longer = { ...sent, [field]: `${filled}${letter}` }
    expect((await wati.api('POST', '/api/stock/in', longer)).status).toBe(422)
  }
})

test('a line break of a form is counted and stored as one character, as the browser counts it', async () => {
  const typed = `a${'\r\n'.repeat(498)}b`
  const fields = { location: 'GENSET', amount: '1', notes: typed }
  expect((await wati.submit('/stock/in', fields)).status).toBe(303)
  const [stored] = await depot.db.select().from(entries).orderBy(desc(entries.id)).limit(1)
  expect(stored?.notes).toBe(`a${'\n'.repeat(498)}b`)
})

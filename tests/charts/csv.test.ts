import { expect, test } from 'bun:test'
import { toCsv } from '#src/charts/csv.ts'

const ROW = {
  first: '2026-11-16',
  last: '2026-11-22',
  opening: 1_436_075n,
  in: 500_000n,
  out: 5n,
  closing: 1_936_070n,
}
const HEAD =
  '\u{feff}Dari tanggal;Sampai tanggal;Lokasi;Stok awal (L);Stok masuk (L);Pemakaian (L);Stok akhir (L)\r\n'

test('is what Excel reads under Indonesian settings: BOM, semicolons, decimal comma, no thousands', () => {
  expect(toCsv([ROW], 'GENSET')).toBe(
    `${HEAD}16/11/2026;22/11/2026;GENSET;14360,75;5000,00;0,05;19360,70\r\n`,
  )
  expect(toCsv([], 'GENSET')).toBe(HEAD)
})

test.each([
  ['=1+1', `'=1+1`],
  ['+62', `'+62`],
  ['-2', `'-2`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['\tGENSET', `'\tGENSET`],
  ['\r=1', `"'\r=1"`],
  ['=A1;"x"', `"'=A1;""x"""`],
  ['Dermaga; timur', '"Dermaga; timur"'],
  ['Tangki "A"', '"Tangki ""A"""'],
  ['dua\nbaris', '"dua\nbaris"'],
  ['a=b', 'a=b'],
])('a place called %j is written as %j', (name, cell) => {
  expect(toCsv([ROW], name).slice(HEAD.length).split('22/11/2026;')[1]).toBe(
    `${cell};14360,75;5000,00;0,05;19360,70\r\n`,
  )
})

import { describe, expect, test } from 'bun:test'
import { sampleForm, sampleLocation, TODAY } from '#tests/views/samples.ts'
import { EntryForm } from '#views/stock/entry-form.tsx'
import { ChosenLocation } from '#views/stock/stock-page.tsx'

const NONSENSE = {
  amount: '1.2.3 <b>',
  location: 'GENSET',
  occurredAt: '30/02/2026 "pagi"',
  notes: '\n\n  dua baris </textarea>',
  reference: 'DO & <i>',
  consumer: 'Genset #1',
}
const ERRORS = { amount: 'Tulis angka saja.', occurredAt: 'Waktu ini tidak ada.' }

describe('a refused form', () => {
  const html = String(<EntryForm {...sampleForm({ values: NONSENSE, errors: ERRORS })} />)

  test('keeps exactly what was typed', () => {
    expect(html).toContain('value="1.2.3 &lt;b&gt;"')
    expect(html).toContain('>\n\n\n  dua baris &lt;/textarea&gt;</textarea>')
    expect(html).toContain('value="DO &amp; &lt;i&gt;"')
    expect(html).toContain('<option value="Genset #1" selected="">')
  })

  test('shows a time that no picker can hold in a plain text field', () => {
    expect(html).toMatch(
      /id="occurredAt"[^>]*type="text"[^>]*value="30\/02\/2026 &quot;pagi&quot;"/,
    )
  })

  test('counts in words what is wrong and leads to each field', () => {
    expect(html).toContain('Belum tercatat. Dua isian perlu diperbaiki:')
    expect(html).toContain('<a href="#amount">Tulis angka saja.</a>')
    expect(html).toMatch(/id="amount"[^>]*aria-invalid="true"[^>]*aria-describedby="amount-error/)
  })

  test('opens what holds a value or an error', () => {
    expect(html).toContain('<details class="more" open="">')
    expect(String(<EntryForm {...sampleForm()} />)).toContain('<details class="more">')
  })

  test('says what belongs to no field without a link', () => {
    const errors = { requestId: 'Nomor kiriman sudah dipakai.' }
    const other = String(<EntryForm {...sampleForm({ errors })} />)
    expect(other).toContain(
      '<h2>Belum tercatat.</h2><ul><li>Nomor kiriman sudah dipakai.</li></ul>',
    )
  })
})

describe('the location', () => {
  const locations = ['GENSET', 'TUG_ASSIST'].map((code) => ({
    code,
    name: code,
    balance: 100n,
    hasEntries: true,
    consumers: [`${code} 1`],
  }))

  test('is told, not asked, where it is fixed', () => {
    const html = String(<EntryForm {...sampleForm()} />)
    expect(html).toContain('<input type="hidden" name="location" value="GENSET"/>')
    expect(html).not.toContain('<select class="input" id="location"')
  })

  test('is not guessed where none is chosen yet', () => {
    const values = { ...sampleForm().values, location: '' }
    const html = String(
      <EntryForm {...sampleForm({ locations, values, hasFixedLocation: false })} />,
    )
    expect(html).toContain('<option value="" selected="">Pilih lokasi</option>')
    expect(html).toContain('<optgroup label="TUG_ASSIST">')
  })

  test('can be chosen by what is left there', () => {
    const html = String(
      <ChosenLocation
        kind="delivery"
        location={null}
        today={TODAY}
        canRecordOpening
        choices={sampleForm({ action: '/stock/in', kind: 'delivery' })}
      />,
    )
    expect(html).toContain('<a href="/stock/in?location=GENSET">GENSET</a>')
    expect(html).toContain('<td class="num">18.460,50</td>')
  })

  test('without entries offers an opening to those who may record one', () => {
    const location = sampleLocation({ code: 'A&B', hasEntries: false })
    const shown = (canRecordOpening: boolean) =>
      String(
        <ChosenLocation
          kind="usage"
          location={location}
          today={TODAY}
          canRecordOpening={canRecordOpening}
        />,
      )
    expect(shown(true)).toContain('href="/stock/in?location=A%26B&amp;kind=opening"')
    expect(shown(false)).toContain('Minta supervisor mencatat stok awal lebih dulu.')
  })
})

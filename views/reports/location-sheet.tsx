import type { LocationReport } from '#src/reports/rules.ts'
import { formatDay } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import { TrendHead, TrendRow } from '#views/charts/trend-table.tsx'
import { figuresOf } from '#views/reports/figures.ts'
import { Sheet, type SheetProps } from '#views/reports/sheet.tsx'
import { Signatures } from '#views/reports/signatures.tsx'
import { StockChart } from '#views/reports/stock-chart.tsx'
import { correctionsInWords, NOBODY_NAMED, shareInWords } from '#views/reports/words.ts'

export type LocationSheetProps = SheetProps & { sheet: LocationReport }

/** The month of one location, to be signed. */
export function LocationSheet(props: LocationSheetProps) {
  const { sheet, frame } = props
  const { code, name } = sheet.location
  return (
    <Sheet id={`report-${code}`} place={name} {...props}>
      <FiguresTable {...props} />
      <dl class="facts">
        <div>
          <dt>Perbaikan stok masuk</dt>
          <dd>{correctionsInWords(sheet.corrections.in)}</dd>
        </div>
        <div>
          <dt>Perbaikan pemakaian</dt>
          <dd>{correctionsInWords(sheet.corrections.out)}</dd>
        </div>
      </dl>
      <div class="sheet-part">
        <h3>Pemakaian menurut genset atau kapal</h3>
        <ConsumersTable sheet={sheet} />
      </div>
      <div class="sheet-part">
        <h3>Stok, stok masuk dan pemakaian tiap hari, dalam liter</h3>
        <div class="panel-body sheet-chart">
          <StockChart {...sheet} />
          <StockChart {...sheet} isNarrow />
        </div>
      </div>
      <div class="sheet-days">
        <h3>Angka tiap hari</h3>
        <DaysTable sheet={sheet} />
      </div>
      <Signatures frame={frame} />
    </Sheet>
  )
}

function FiguresTable({ sheet, report }: LocationSheetProps) {
  return (
    <table class="table stack sheet-figures">
      <caption class="visually-hidden">Stok awal sampai stok akhir</caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">Uraian</th>
          <th scope="col">Keterangan</th>
          <th scope="col">Liter</th>
        </tr>
      </thead>
      <tbody>
        {figuresOf(sheet, report).map(({ label, amount, note, isBalance }) => (
          <tr class={isBalance ? 'sheet-balance' : undefined}>
            <th scope="row">{label}</th>
            <td class="soft c-note">{note}</td>
            <td class="num c-litres">{`${amount} L`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ConsumersTable({ sheet }: { sheet: LocationReport }) {
  const { consumers, usage } = sheet
  if (consumers.length === 0) return <p class="panel-body soft">Tidak ada pemakaian.</p>
  return (
    <table class="table stack users-of-fuel">
      <caption class="visually-hidden">Pemakaian menurut genset atau kapal</caption>
      <thead>
        <tr>
          <th scope="col">Untuk</th>
          <th scope="col" class="num">
            Catatan
          </th>
          <th scope="col" class="num">
            Bagian
          </th>
          <th scope="col" class="num">
            Pemakaian (L)
          </th>
        </tr>
      </thead>
      <tbody>
        {consumers.map(({ consumer, litres, entries }) => (
          <tr>
            <th scope="row">{consumer ?? NOBODY_NAMED}</th>
            <td class="num c-entries">{entries}</td>
            <td class="num c-share">{shareInWords(litres, usage.litres)}</td>
            <td class="num c-litres">{formatLitres(litres)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Jumlah</th>
          <td class="num c-entries">{usage.entries}</td>
          <td class="num c-share">{shareInWords(usage.litres, usage.litres)}</td>
          <td class="num c-litres">{formatLitres(usage.litres)}</td>
        </tr>
      </tfoot>
    </table>
  )
}

function DaysTable({ sheet }: { sheet: LocationReport }) {
  return (
    <table class="table stack trend">
      <caption class="visually-hidden">Angka tiap hari</caption>
      <TrendHead head="Tanggal" />
      <tbody>
        {sheet.days.map(({ date, ...figures }) => (
          <TrendRow head={formatDay(date)} {...figures} />
        ))}
      </tbody>
      <tfoot>
        <TrendRow
          head="Jumlah"
          opening={sheet.opening}
          in={sheet.in}
          out={sheet.out}
          closing={sheet.closing}
        />
      </tfoot>
    </table>
  )
}

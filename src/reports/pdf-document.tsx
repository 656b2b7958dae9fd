import type { Content, Definition } from 'pdfmake'
import type { Figures } from '#src/charts/rules.ts'
import type { PdfContent } from '#src/reports/pdf.ts'
import { cells, figuresTable, headCells, LAYOUT, table } from '#src/reports/pdf-tables.ts'
import type { LocationReport, MonthReport } from '#src/reports/rules.ts'
import { formatDay } from '#src/units/business-day.ts'
import { formatLitres, formatSigned } from '#src/units/litres.ts'
import { figuresOf } from '#views/reports/figures.ts'
import { StockChart } from '#views/reports/stock-chart.tsx'
import {
  correctionsInWords,
  coverInWords,
  monthInWords,
  NOBODY_NAMED,
  type ReportFrame,
  SIGNATURE_LABELS,
  SIGNATURE_LINE,
  SIGNATURES,
  shareInWords,
} from '#views/reports/words.ts'

/** A4 with 40 points at each side. */
const INNER_WIDTH = 515

/** The report as pdfmake understands it: the same sheets as on the page. */
export function pdfDocument({ report, frame }: PdfContent): Definition {
  const sheets = [
    ...(report.recaps.length > 1 ? [recapSheet(report, frame)] : []),
    ...(report.details ?? []).map((sheet) => locationSheet(sheet, report, frame)),
  ]
  return {
    info: { title: `Laporan bulanan BBM ${monthInWords(report.month)}`, creator: 'Monitoring BBM' },
    language: 'id-ID',
    pageSize: 'A4',
    pageMargins: [40, 36, 40, 44],
    defaultStyle: { font: 'Roboto', fontSize: 9, lineHeight: 1.1 },
    styles: {
      company: { fontSize: 10, color: '#48595a' },
      title: { fontSize: 15, bold: true },
      part: { fontSize: 10, bold: true, margin: [0, 12, 0, 4] },
      soft: { color: '#48595a' },
    },
    content: sheets.map((stack, at) => ({
      stack,
      ...(at > 0 && { pageBreak: 'before' as const }),
    })),
    footer: (page, pages) => ({
      columns: [
        { text: `Dibuat ${frame.madeInWords}`, style: 'soft' },
        { text: `Halaman ${page} dari ${pages}`, alignment: 'right', width: 'auto' },
      ],
      margin: [40, 14, 40, 0],
      fontSize: 8,
    }),
  }
}

function recapSheet(report: MonthReport, frame: ReportFrame): Content[] {
  const line = (name: string, { opening, in: litresIn, out, closing }: Figures) =>
    cells(
      name,
      formatLitres(opening),
      formatSigned(litresIn),
      formatSigned(-out),
      formatLitres(closing),
    )
  return [
    ...sheetHead('semua lokasi', report, frame),
    table({
      widths: ['*', 'auto', 'auto', 'auto', 'auto'],
      head: headCells('Lokasi', 'Awal (L)', 'Masuk (L)', 'Pemakaian (L)', 'Akhir (L)'),
      rows: report.recaps.map(({ location, ...figures }) => line(location.name, figures)),
      total: line('Jumlah', report.total),
    }),
  ]
}

function locationSheet(sheet: LocationReport, report: MonthReport, frame: ReportFrame): Content[] {
  return [
    ...sheetHead(sheet.location.name, report, frame),
    figuresTable(figuresOf(sheet, report)),
    {
      text: `Perbaikan stok masuk: ${correctionsInWords(sheet.corrections.in)}.`,
      margin: [0, 6, 0, 0],
    },
    { text: `Perbaikan pemakaian: ${correctionsInWords(sheet.corrections.out)}.` },
    { text: 'Pemakaian menurut genset atau kapal', style: 'part' },
    consumersTable(sheet),
    { text: 'Stok, stok masuk dan pemakaian tiap hari, dalam liter', style: 'part' },
    { svg: (<StockChart {...sheet} />).toString(), width: INNER_WIDTH },
    daysTable(sheet),
    signatures(frame),
  ]
}

function sheetHead(place: string, report: MonthReport, { settings }: ReportFrame): Content[] {
  return [
    ...(settings.companyName === '' ? [] : [{ text: settings.companyName, style: 'company' }]),
    { text: `Laporan bulanan BBM ${place}, ${monthInWords(report.month)}`, style: 'title' },
    { text: coverInWords(report), style: 'soft', margin: [0, 0, 0, 10] },
  ]
}

function consumersTable({ consumers, usage }: LocationReport): Content {
  if (consumers.length === 0) return { text: 'Tidak ada pemakaian.', style: 'soft' }
  return table({
    widths: ['*', 'auto', 'auto', 'auto'],
    head: headCells('Untuk', 'Catatan', 'Bagian', 'Pemakaian (L)'),
    rows: consumers.map(({ consumer, entries, litres }) =>
      cells(
        consumer ?? NOBODY_NAMED,
        String(entries),
        shareInWords(litres, usage.litres),
        formatLitres(litres),
      ),
    ),
    total: cells(
      'Jumlah',
      String(usage.entries),
      shareInWords(usage.litres, usage.litres),
      formatLitres(usage.litres),
    ),
  })
}

function daysTable({ days, ...sum }: LocationReport): Content {
  const line = (head: string, { opening, in: litresIn, out, closing }: Figures) =>
    cells(
      head,
      formatLitres(opening),
      formatSigned(litresIn),
      formatSigned(-out),
      formatLitres(closing),
    )
  return table({
    title: 'Angka tiap hari',
    widths: ['*', '*', '*', '*', '*'],
    head: headCells('Tanggal', 'Awal (L)', 'Masuk (L)', 'Pemakaian (L)', 'Akhir (L)'),
    rows: days.map(({ date, ...figures }) => line(formatDay(date), figures)),
    total: line('Jumlah', sum),
  })
}

/** Never torn from page to page. */
function signatures({ settings, city }: ReportFrame): Content {
  return {
    unbreakable: true,
    margin: [0, 20, 0, 0],
    table: {
      widths: ['*', '*', '*', '*'],
      body: [
        SIGNATURES.map((signature) => {
          const { name, position } = settings.signatories[signature]
          return {
            stack: [
              { text: `${city}, ${SIGNATURE_LINE}` },
              { text: SIGNATURE_LABELS[signature], margin: [0, 2, 0, 44] },
              { canvas: [{ type: 'line', x1: 0, y1: 0, x2: 116, y2: 0, lineWidth: 0.75 }] },
              { text: name || ' ', bold: true, margin: [0, 3, 0, 0] },
              { text: position, style: 'soft' },
            ],
          }
        }),
      ],
    },
    layout: LAYOUT.none,
  }
}

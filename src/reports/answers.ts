import { z } from 'zod'
import { figures } from '#src/charts/answers.ts'
import { count, day, litres, locationCode, words } from '#src/http/answers.ts'

const counted = { amount: litres('Jumlah liter.'), entries: count('Banyaknya catatan.') }
const CountedAnswer = z.strictObject(counted)

const CorrectionsAnswer = z.strictObject({
  pairs: count('Banyaknya perbaikan.'),
  takenBack: litres('Liter yang dibatalkan.'),
  putRight: litres('Liter penggantinya.'),
})

const DetailsAnswer = z.strictObject({
  initialStock: CountedAnswer,
  deliveries: CountedAnswer,
  usage: CountedAnswer,
  otherIn: litres('Masuk yang lain.'),
  otherOut: litres('Keluar yang lain.'),
  corrections: z.strictObject({ in: CorrectionsAnswer, out: CorrectionsAnswer }),
  consumers: z.array(
    z.strictObject({
      consumer: words('Genset atau kapal; null bila tidak disebut.', 'Genset 1').nullable(),
      ...counted,
    }),
  ),
  days: z.array(z.strictObject({ date: day('Hari.'), ...figures })),
})

export const ReportAnswer = z
  .strictObject({
    month: words('Bulan.', '2026-11'),
    startDate: day('Hari pertama.'),
    endDate: day('Hari terakhir yang dihitung.'),
    running: z.boolean().meta({ description: 'Bulan ini belum selesai.' }),
    locations: z.array(
      z.strictObject({
        location: locationCode(),
        name: words('Nama lokasi.', 'Genset utama'),
        ...figures,
        details: DetailsAnswer.nullable().meta({
          description: 'Rincian; null bila lokasinya terlalu banyak untuk satu laporan.',
        }),
      }),
    ),
  })
  .meta({ id: 'MonthReport', description: 'Laporan satu bulan.' })

import { z } from 'zod'
import { figures } from '#src/charts/answers.ts'
import { count, day, litres, locationCode, words } from '#src/http/answers.ts'

const ForecastAnswer = z
  .strictObject({
    usageDays: count('Hari dengan pemakaian yang dihitung.'),
    meanDaily: litres('Pemakaian rata-rata sehari.'),
    thresholdDate: day('Kapan batas stok menipis tercapai.').nullable(),
    emptyDate: day('Kapan stok habis.').nullable(),
  })
  .meta({
    id: 'Forecast',
    description: 'Perkiraan; tanggal null bila sudah lewat, tidak ada, atau lebih dari 10 tahun.',
  })

export const SummaryAnswer = z
  .strictObject({
    location: locationCode(),
    name: words('Nama lokasi.', 'Genset utama'),
    balance: litres('Sisa sekarang.'),
    capacity: litres('Kapasitas.').nullable(),
    today: z.strictObject(figures),
    lowStock: z.boolean().meta({ description: 'Sisa di bawah batas stok menipis.' }),
    cover: z
      .strictObject({ recent: ForecastAnswer, long: ForecastAnswer })
      .nullable()
      .meta({ description: 'Cukup sampai kapan: menurut 14 dan 60 hari pemakaian terakhir.' }),
  })
  .meta({ id: 'StockSummary', description: 'Keadaan sebuah lokasi sekarang.' })

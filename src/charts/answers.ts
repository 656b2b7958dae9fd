import { z } from 'zod'
import { day, litres, locationCode } from '#src/http/answers.ts'

/** What was there, came, went and was left. */
export const figures = {
  opening: litres('Stok awal.'),
  in: litres('Masuk.'),
  out: litres('Keluar.'),
  closing: litres('Stok akhir.'),
}

export const TrendAnswer = z
  .strictObject({
    date: day('Hari menurut zona perusahaan.'),
    location: locationCode(),
    ...figures,
  })
  .meta({ id: 'TrendDay', description: 'Satu hari sebuah lokasi.' })

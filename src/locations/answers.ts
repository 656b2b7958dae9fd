import { z } from 'zod'
import { litres, locationCode, recordNumber, words } from '#src/http/answers.ts'

export const LocationAnswer = z
  .strictObject({
    id: recordNumber('Nomor lokasi.'),
    code: locationCode(),
    name: words('Nama di layar.', 'Genset utama'),
    capacity: litres('Kapasitas.').nullable(),
    lowStockThreshold: litres('Batas stok menipis.').nullable(),
    active: z.boolean().meta({ description: 'Masih dipakai.' }),
  })
  .meta({ id: 'Location', description: 'Tempat stok disimpan.' })

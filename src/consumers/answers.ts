import { z } from 'zod'
import { consumers } from '#src/database/schema/locations.ts'
import { locationCode, recordNumber, words } from '#src/http/answers.ts'

export const ConsumerAnswer = z
  .strictObject({
    id: recordNumber('Nomornya.'),
    location: locationCode(),
    name: words('Nama.', 'Genset 1'),
    kind: z.enum(consumers.kind.enumValues).meta({ description: 'Genset atau kapal tunda.' }),
    power: z.int().min(1).nullable().meta({ description: 'Daya dalam kW.' }),
    active: z.boolean().meta({ description: 'Masih dipakai.' }),
  })
  .meta({ id: 'Consumer', description: 'Genset atau kapal yang memakai bahan bakar.' })

import { z } from 'zod'
import { KEY_SCOPES } from '#src/database/schema/users.ts'
import { instant, locationCode, recordNumber, words } from '#src/http/answers.ts'

const shown = {
  id: recordNumber('Nomor kunci.'),
  name: words('Namanya, yang tampil sebagai pencatat.', 'Flow meter genset 1'),
  scope: z.enum(KEY_SCOPES).meta({ description: 'read: membaca. book: mencatat.' }),
  location: locationCode('Lokasinya; null untuk semua.').nullable(),
  prefix: words('Awal kunci, untuk mengenalinya.', 'bbm_1f2e3d4c'),
  createdAt: instant('Kapan dibuat.'),
  createdBy: words('Siapa yang membuat.', 'Agus Pratama'),
  lastUsedAt: instant('Terakhir dipakai, teliti sampai semenit.').nullable(),
  revokedAt: instant('Kapan dicabut; null selama berlaku.').nullable(),
}

export const KeyAnswer = z
  .strictObject(shown)
  .meta({ id: 'ApiKey', description: 'Sebuah kunci, tanpa kuncinya sendiri.' })

export const MadeKeyAnswer = z
  .strictObject({
    ...shown,
    key: words(
      'Kuncinya: hanya di jawaban ini; null bila diulang lebih dari 10 menit kemudian.',
      'bbm_1f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c',
    ).nullable(),
  })
  .meta({ id: 'MadeApiKey', description: 'Kunci yang baru dibuat.' })

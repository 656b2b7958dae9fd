import { z } from 'zod'
import { words } from '#src/http/answers.ts'

const SignatoryAnswer = z.strictObject({
  name: words('Nama; kosong bila belum diisi.', 'H. Hasan Basri'),
  position: words('Jabatan.', 'Kepala depo'),
})

export const SettingsAnswer = z
  .strictObject({
    companyName: words('Nama perusahaan.', 'PT Pelayaran Laut Biru'),
    alertRecipients: z.array(words('Email.', 'kepala@depo.example')).meta({
      description: 'Yang diberi tahu stok menipis.',
    }),
    signatories: z
      .strictObject({
        prepared: SignatoryAnswer,
        checked: SignatoryAnswer,
        acknowledged: SignatoryAnswer,
        approved: SignatoryAnswer,
      })
      .meta({ description: 'Dibuat, diperiksa, mengetahui, menyetujui.' }),
  })
  .meta({ id: 'Settings', description: 'Pengaturan perusahaan.' })

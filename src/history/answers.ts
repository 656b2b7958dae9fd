import { z } from 'zod'
import { count, day, litres, words } from '#src/http/answers.ts'
import { EntryAnswer } from '#src/ledger/answers.ts'

const cursor = (description: string) => words(description, '1795414500-42').nullable().optional()

export const HistoryAnswer = z
  .strictObject({
    data: z.array(EntryAnswer),
    pagination: z.strictObject({
      page: count('Halaman ini.'),
      limit: count('Baris sehalaman.'),
      total: count('Banyaknya catatan, seperti totals.entries.'),
      totalPages: count('Banyaknya halaman.'),
      newer: cursor('Hanya dengan search: isi untuk after, halaman yang lebih baru.'),
      older: cursor('Hanya dengan search: isi untuk before, halaman yang lebih lama.'),
      searchedUntil: day(
        'Hanya bila pencarian berhenti sebelum halaman penuh: sampai hari ini.',
      ).optional(),
    }),
    totals: z.strictObject({
      entries: count('Banyaknya catatan yang cocok.'),
      isMore: z.literal(true).optional().meta({ description: 'Ada lebih banyak dari entries.' }),
      isPartial: z.literal(true).optional().meta({ description: 'Baru sebagian buku dicari.' }),
      litresIn: litres('Jumlah stok masuk yang dihitung.').nullable(),
      litresOut: litres('Jumlah pemakaian yang dihitung.').nullable(),
      net: litres('Masuk dikurangi keluar; null bila terlalu banyak untuk dijumlah.').nullable(),
    }),
  })
  .meta({ id: 'History', description: 'Satu halaman riwayat.' })

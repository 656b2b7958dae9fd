import { z } from 'zod'
import { ENTRY_KINDS, ENTRY_TYPES } from '#src/database/schema/transactions.ts'
import { instant, litres, locationCode, recordNumber, words } from '#src/http/answers.ts'

export const EntryAnswer = z
  .strictObject({
    id: recordNumber('Nomor catatan.'),
    type: z.enum(ENTRY_TYPES).meta({ description: 'IN: stok masuk. OUT: pemakaian.' }),
    kind: z.enum(ENTRY_KINDS).meta({
      description:
        'opening: stok awal. delivery: stok masuk. usage: pemakaian. reversal: pembatalan oleh perbaikan.',
    }),
    amount: litres('Liter, selalu lebih dari 0.'),
    location: locationCode(),
    occurredAt: instant('Kapan bahan bakar berpindah.'),
    recordedAt: instant('Kapan dicatat.'),
    userName: words('Pencatatnya: nama orang atau kunci API.', 'Sari Wulandari'),
    notes: words('Keterangan; pada reversal alasannya.', 'shift pagi').nullable(),
    reference: words('Nomor surat jalan atau DO.', 'DO-84120').nullable(),
    consumer: words('Genset atau kapal yang memakainya.', 'Genset 1').nullable(),
    reversesId: recordNumber('Catatan yang dibatalkan oleh catatan ini.').nullable(),
    reversedById: recordNumber('Catatan yang membatalkan catatan ini.').nullable(),
    balanceAfter: litres('Sisa di lokasi itu sesudah catatan ini, menurut urutan waktu.'),
  })
  .meta({
    id: 'Entry',
    description: 'Satu catatan buku. Tidak pernah diubah atau dihapus.',
    examples: [
      {
        id: 42,
        type: 'OUT',
        kind: 'usage',
        amount: '350.50',
        location: 'GENSET',
        occurredAt: '2026-11-23T06:05:00.000Z',
        recordedAt: '2026-11-23T06:05:12.345Z',
        userName: 'Sari Wulandari',
        notes: 'shift pagi',
        reference: null,
        consumer: 'Genset 1',
        reversesId: null,
        reversedById: null,
        balanceAfter: '18460.50',
      },
    ],
  })

export const CorrectionAnswer = z
  .strictObject({ reversal: EntryAnswer, replacement: EntryAnswer.nullable() })
  .meta({ id: 'Correction', description: 'Pembatalan, dan penggantinya bila ada.' })

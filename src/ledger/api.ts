import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { made } from '#src/http/answers.ts'
import { apiRoute } from '#src/http/api-route.ts'
import type { Env } from '#src/http/route.ts'
import { CorrectionAnswer, EntryAnswer } from '#src/ledger/answers.ts'
import { correctEntry } from '#src/ledger/correction.ts'
import { apiCorrection } from '#src/ledger/correction-input.ts'
import { entryJson } from '#src/ledger/entry-json.ts'
import { apiEntry } from '#src/ledger/input.ts'
import { type Booking, recordDelivery, recordUsage } from '#src/ledger/service.ts'

export const ledgerApi = [
  apiRoute(
    'POST',
    '/api/stock/in',
    can.recordDelivery,
    {
      operationId: 'recordDelivery',
      tag: 'Stok',
      summary: 'Mencatat stok masuk',
      description: 'Dengan kind "opening": stok awal sebuah lokasi, oleh supervisor atau admin.',
      json: apiEntry,
      isKeyed: true,
      answers: made('Tercatat.', EntryAnswer),
    },
    async (c, { json, by }) =>
      sendBooking(
        c,
        await recordDelivery(c.get('system'), by.actor, { ...json, request: by.request }),
      ),
  ),

  apiRoute(
    'POST',
    '/api/stock/out',
    can.recordUsage,
    {
      operationId: 'recordUsage',
      tag: 'Stok',
      summary: 'Mencatat pemakaian',
      description: 'Ditolak (422) bila stok di suatu saat akan kurang dari nol.',
      json: apiEntry,
      isKeyed: true,
      answers: made('Tercatat.', EntryAnswer),
    },
    async (c, { json, by }) =>
      sendBooking(
        c,
        await recordUsage(c.get('system'), by.actor, { ...json, request: by.request }),
      ),
  ),

  apiRoute(
    'POST',
    '/api/stock/corrections',
    can.correctEntries,
    {
      operationId: 'correctEntry',
      tag: 'Stok',
      summary: 'Memperbaiki catatan',
      description:
        'Membatalkan sebuah catatan dengan catatan lawannya, dan bila diminta mencatat penggantinya sekaligus. Petugas: catatannya sendiri, paling lambat 24 jam sesudah dicatat.',
      json: apiCorrection,
      isKeyed: true,
      answers: made('Diperbaiki.', CorrectionAnswer),
      refusals: [404],
    },
    async (c, { json, by }) => {
      const asked = { ...json, request: by.request }
      const corrected = await correctEntry(c.get('system'), by.actor, asked)
      const { reversal, replacement, isRepeat } = corrected
      const data = {
        reversal: entryJson(reversal),
        replacement: replacement && entryJson(replacement),
      }
      return c.json({ data }, isRepeat ? 200 : 201)
    },
  ),
]

/** 201 for a new entry, 200 for one that this request had booked before. */
function sendBooking(c: Context<Env>, { entry, isRepeat }: Booking): Response {
  return c.json({ data: entryJson(entry) }, isRepeat ? 200 : 201)
}

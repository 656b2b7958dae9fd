import { can } from '#src/auth/permissions.ts'
import { FILE_TYPES, sendExport } from '#src/exports/send.ts'
import { ApiExport, ApiExportBody } from '#src/history/input.ts'
import { apiRoute } from '#src/http/api-route.ts'

const FILE = {
  description: 'Berkas catatan yang cocok, menurut waktu, masing-masing dengan sisa sesudahnya.',
  files: FILE_TYPES,
}
const BUSY = 'Dua unduhan sekaligus; yang ketiga diminta menunggu (429).'

export const exportsApi = [
  apiRoute(
    'GET',
    '/api/stock/export',
    can.viewStock,
    {
      operationId: 'exportEntries',
      tag: 'Stok',
      summary: 'Mengunduh riwayat sebagai berkas',
      description: BUSY,
      query: ApiExport,
      answers: { 200: FILE },
      refusals: [429],
    },
    (c, { query }) => sendExport(c, query),
  ),

  apiRoute(
    'POST',
    '/api/stock/export',
    can.viewStock,
    {
      operationId: 'exportEntriesByBody',
      tag: 'Stok',
      summary: 'Mengunduh, saringan di isi permintaan',
      description: `Untuk saringan yang tidak pantas berdiri di alamat; tidak mengubah apa pun. ${BUSY}`,
      json: ApiExportBody,
      answers: { 200: FILE },
    },
    (c, { json }) => sendExport(c, json),
  ),
]

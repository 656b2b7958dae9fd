import { Rejected } from '#src/rejected.ts'

export const BROKEN_WORKBOOK =
  'Berkas ini bukan CSV atau buku kerja Excel (.xlsx) yang utuh. Buka di Excel, simpan lagi, lalu coba lagi.'

/** A sheet is unpacked as it is read; the texts that its cells share, and the styles, are unpacked into memory. */
const MAX_SHEET_BYTES = 1024 ** 3
const MAX_OTHER_BYTES = 64 * 1024 ** 2

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/

const END = 0x06054b50
const ENTRY = 0x02014b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const MAX_COMMENT = 0xffff

/**
 * Reads the directory of a packed file and refuses one that would unpack to more than a ledger can be. hucre unpacks
 * no part beyond the size that this directory states. Throws Rejected 422.
 */
export function checkPacking(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  const entries = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  let others = 0
  for (let entry = 0; entry < entries; entry++) {
    if (at + ENTRY_BYTES > view.byteLength || view.getUint32(at, true) !== ENTRY) throw broken()
    const packed = view.getUint32(at + 20, true)
    const size = view.getUint32(at + 24, true)
    const nameLength = view.getUint16(at + 28, true)
    const name = Buffer.from(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength))
    // Without a stated size nothing would hold the unpacking; an empty part takes two bytes.
    if (size === 0 && packed > 2) throw broken()
    if (!SHEET.test(name.toString())) others += size
    else if (size > MAX_SHEET_BYTES) throw tooLarge()
    if (others > MAX_OTHER_BYTES) throw tooLarge()
    at += ENTRY_BYTES + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
}

function findEnd(view: DataView): number {
  const earliest = Math.max(0, view.byteLength - END_BYTES - MAX_COMMENT)
  for (let at = view.byteLength - END_BYTES; at >= earliest; at--)
    if (view.getUint32(at, true) === END) return at
  throw broken()
}

const broken = () => new Rejected(422, BROKEN_WORKBOOK)

const tooLarge = () =>
  new Rejected(422, 'Isi buku kerja ini terlalu besar untuk dibaca. Simpan sebagai CSV UTF-8.')

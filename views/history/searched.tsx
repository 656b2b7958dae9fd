import { type Day, formatDate } from '#src/units/business-day.ts'
import { groupThousands } from '#src/units/litres.ts'
import { type HistoryFilterValues, historyHref } from '#views/history/filter.ts'
import type { HistoryTotals } from '#views/history/totals.tsx'
import { Empty } from '#views/ui/empty.tsx'

/** Cursors of the pages beside this one, where words are looked for. */
export type Turn = {
  newer: string | null
  older: string | null
  /** Where the page is not full because no more entries were looked at: the day that was come to. */
  searchedUntil?: Day
}

/** "1.666", "lebih dari 1.000", "5 sejauh ini"; with a noun behind the number, if one is given. */
export function countInWords(
  { entries, isMore, isPartial }: HistoryTotals,
  { turn, noun }: { turn: Turn | null; noun?: string },
): string {
  const number = `${groupThousands(String(entries))}${noun ? ` ${noun}` : ''}`
  if (isPartial) return `${number} ${turn?.newer == null ? 'sejauh ini' : 'di halaman ini'}`
  return isMore ? `lebih dari ${number}` : number
}

/** "5 catatan sejauh ini. Dicari sampai 12 Maret 2024."; undefined where all that there are, or more, were found. */
export function searchInWords(totals: HistoryTotals, turn: Turn | null): string | undefined {
  if (!totals.isPartial) return undefined
  const until = turn?.searchedUntil ? ` Dicari sampai ${formatDate(turn.searchedUntil)}.` : ''
  return `${countInWords(totals, { turn, noun: 'catatan' })}.${until}`
}

type NotFoundYetProps = {
  turn: Turn
  /** The cursor in the address. */
  place: { before: string; after: string }
  filter: HistoryFilterValues
  limit: number
}

/** Nothing among the entries that were looked at: how far that was, and the way on. */
export function NotFoundYet({ turn, place, filter, limit }: NotFoundYetProps) {
  if (turn.searchedUntil === undefined) {
    return (
      <Empty heading="Tidak ada lagi yang cocok">
        <p>Semua catatan dari sini sampai yang paling lama sudah dicari.</p>
        <Way href={historyHref(filter, { limit })} text="Ke halaman pertama" />
      </Empty>
    )
  }
  const isBack = place.before !== '' && place.after === '' && turn.newer !== null
  const further = isBack ? 'baru' : 'lama'
  const cursor = isBack ? { before: turn.newer ?? '' } : { after: turn.older ?? '' }
  return (
    <Empty heading={`Belum ada yang cocok. Dicari sampai ${formatDate(turn.searchedUntil)}.`}>
      <p>Catatan yang lebih {further} belum dicari. Isi tanggal untuk mencari di satu masa saja.</p>
      <Way href={historyHref(filter, { limit, ...cursor })} text={`Cari yang lebih ${further}`} />
    </Empty>
  )
}

const Way = ({ href, text }: { href: string; text: string }) => (
  <a class="button" href={href} hx-get={href}>
    {text}
  </a>
)

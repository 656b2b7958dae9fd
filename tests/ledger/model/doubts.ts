import { formatLitres } from '#src/units/litres.ts'
import { type Entry, type EntryKind, type Place, timelineOf } from '#tests/ledger/model/books.ts'
import { CAPACITY } from '#tests/ledger/model/state.ts'

type Asked = {
  place: Place
  kind: EntryKind
  litres: bigint
  /** The most that it fills the tank to, now or later; null where it does not fill. */
  peak: bigint | null
}

/** What a person is asked about before the entry is booked, in the words of the question; null where nothing is unusual. */
export function questionOf(entries: Entry[], asked: Asked): string | null {
  const doubts = [capacityDoubt(asked), amountDoubt(entries, asked)].filter((one) => one !== null)
  return doubts.length === 0 ? null : doubts.join(' ')
}

export function isOverfull({ place, peak }: Pick<Asked, 'place' | 'peak'>): boolean {
  const capacity = CAPACITY[place]
  return capacity !== null && peak !== null && peak > capacity
}

function capacityDoubt(asked: Asked): string | null {
  const capacity = CAPACITY[asked.place]
  if (capacity === null || asked.peak === null || !isOverfull(asked)) return null
  return `Stok menjadi ${formatLitres(asked.peak)} liter, melebihi kapasitas ${formatLitres(capacity)} liter.`
}

function amountDoubt(entries: Entry[], { place, kind, litres }: Asked): string | null {
  const alike = timelineOf(entries, place).filter((entry) => entry.kind === kind)
  // Of one minute those with the highest numbers are the last, whatever they replaced.
  const last = alike
    .sort((a, b) => b.at - a.at || b.id - a.id)
    .slice(0, 60)
    .map((entry) => entry.litres)
    .sort((a, b) => Number(a - b))
  if (last.length < 10) return null
  const most = last.at(-1) ?? 0n
  if (kind === 'delivery' && litres > 2n * most)
    return `Lebih dari 2 kali penerimaan terbesar belakangan ini (${formatLitres(most)} liter).`
  const middle = last.slice(Math.ceil(last.length / 2) - 1, Math.floor(last.length / 2) + 1)
  const sum = middle.reduce((total, one) => total + one, 0n)
  const median = Number(sum) / middle.length
  if (kind === 'usage' && Number(litres) > 5 * median)
    return `Lebih dari 5 kali pemakaian biasa di lokasi ini (${formatLitres(BigInt(Math.floor(median)))} liter).`
  return null
}

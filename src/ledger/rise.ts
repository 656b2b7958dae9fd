import type { PlacedMove } from '#src/ledger/rules.ts'
import { signed } from '#src/ledger/rules.ts'
import { type Litres, largest } from '#src/units/litres.ts'

/** What a booking does to the timeline of a location: a move that comes, one that no longer counts, or both at once. */
export type Change = { added: PlacedMove | null; removed: PlacedMove | null }

/** How high a change lifts the stock, followed along the timeline. */
export type Rise = {
  /** How far the new timeline stands above the old one here. */
  delta: Litres
  /** The change has brought fuel in before here: then it lifts, whatever it took away elsewhere. */
  isFilled: boolean
  /** The highest balance so far at which the change lifts the stock; null where it has lifted none. */
  peak: Litres | null
}

export const LEVEL: Rise = { delta: 0n, isFilled: false, peak: null }

/** A point, or the highest one of a day, that the change itself leaves as it is. */
export function riseTo(rise: Rise, balance: Litres): Rise {
  if (rise.delta <= 0n && !rise.isFilled) return rise
  return { ...rise, peak: rise.peak === null ? balance : largest(rise.peak, balance) }
}

/** Moves in the order of the ledger, the added and the removed one among them. */
export function riseThrough(
  from: Rise,
  opening: Litres,
  { moves, added, removed }: { moves: PlacedMove[] } & Change,
): Rise {
  let rise = from
  let balance = opening
  for (const move of moves) {
    if (move === removed) rise = { ...rise, delta: rise.delta - signed(move) }
    else balance += signed(move)
    if (move === added) {
      const isFilled = rise.isFilled || move.type === 'IN'
      rise = { ...rise, delta: rise.delta + signed(move), isFilled }
    }
    rise = riseTo(rise, balance)
  }
  return rise
}

import type { Db } from '#src/database/client.ts'
import { inLedgerOrder } from '#src/ledger/order.ts'
import { watchCapacity } from '#src/ledger/verify/capacity.ts'
import { compareDerived, readDerived } from '#src/ledger/verify/derived.ts'
import type { Place, Report } from '#src/ledger/verify/report.ts'
import { watchScreens } from '#src/ledger/verify/screens.ts'
import { addToSums, noSums } from '#src/ledger/verify/sums.ts'
import { readTimeline, type TimelineRow } from '#src/ledger/verify/timeline-rows.ts'
import { sweepNowAndThen } from '#src/memory.ts'
import { businessDay, formatDayClock, wallClock } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'

/** Sums one location up from its entries, in the order of the ledger, and compares; answers how many entries it has. */
export async function verifyPlace(
  snapshot: Db,
  place: Place,
  { report, remark }: { report: Report; remark: Report },
): Promise<number> {
  const sums = noSums()
  const screens = watchScreens(snapshot, place)
  const capacity = watchCapacity(place, remark)
  let isBroken = false
  for await (const row of inLedgerOrder(readTimeline(snapshot, place.id))) {
    checkRow(row, place, report)
    addToSums(sums, row)
    sweepNowAndThen(sums.entries)
    if (sums.balance < 0n && !isBroken) {
      isBroken = true
      const at = formatDayClock(wallClock(row.at, place.zone))
      report(
        `${place.code}: pada ${at} stok menjadi ${formatLitres(sums.balance)} liter (catatan ${row.id})`,
      )
    }
    capacity.see(row.at, sums.balance)
    const isPageFull = screens.see(row.id, sums.balance)
    if (isPageFull) await screens.comparePage()
  }
  await screens.end(report)
  capacity.end()
  for (const { sentence } of compareDerived(place, await readDerived(snapshot, place.id), sums))
    report(sentence)
  return sums.entries
}

/** What must hold of one entry by itself. */
function checkRow(row: TimelineRow, place: Place, report: Report): void {
  const day = businessDay(row.at, place.zone)
  if (row.businessDay !== day)
    report(`catatan ${row.id}: hari buku ${row.businessDay}, seharusnya ${day}`)
  const isReversal = row.kind === 'reversal'
  if (isReversal !== (row.reversesId !== null))
    report(`catatan ${row.id}: jenis dan rujukan perbaikan tidak cocok`)
  if (row.placeOfId !== null && row.replacesId === null)
    report(`catatan ${row.id}: menempati tempat catatan ${row.placeOfId}, tetapi bukan pengganti`)
}

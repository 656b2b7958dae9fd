import { formatDayClock, type WallClock } from '#src/units/business-day.ts'

export type Printed = {
  /** Empty until an admin has said it. */
  companyName: string
  by: string
  at: WallClock
  zoneLabel: string
}

/** Stands on paper only: whose books these are, which part of them, and who printed it when. */
export function PrintHead({ printed, filterWords }: { printed: Printed; filterWords: string }) {
  const { companyName, by, at, zoneLabel } = printed
  return (
    <div class="print-only print-head">
      <p>{companyName === '' ? 'Monitoring BBM' : companyName}</p>
      <p class="print-title">Riwayat</p>
      <p>Saringan: {filterWords}</p>
      <p>{`Dicetak ${formatDayClock(at)} ${zoneLabel} oleh ${by}`}</p>
    </div>
  )
}

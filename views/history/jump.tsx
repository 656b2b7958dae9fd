import { HISTORY_PATH, type HistoryFilterValues, placeFields } from '#views/history/filter.ts'
import { Button } from '#views/ui/button.tsx'
import { DateField } from '#views/ui/date-field.tsx'
import { drawnOnce } from '#views/ui/drawn-once.tsx'

export type JumpProps = {
  filter: HistoryFilterValues
  limit: number
  /** As it was typed. */
  value: string
  error: string | undefined
}

const MOST = 64

/** Leads to the page on which a day begins, under the same filter. */
export const Jump = drawnOnce(MOST, ({ filter, limit, value, error }: JumpProps) => {
  return (
    <form
      class="jump"
      method="get"
      action={HISTORY_PATH}
      aria-label="Lompat ke tanggal"
      novalidate
      hx-get={HISTORY_PATH}
    >
      {placeFields(filter, { limit }).map(([name, kept]) => (
        <input type="hidden" name={name} value={kept} />
      ))}
      <DateField name="date" label="Ke tanggal" value={value} error={error} />
      <Button>Buka</Button>
    </form>
  )
})

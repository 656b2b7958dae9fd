import { groupThousands } from '#src/units/litres.ts'
import { CONSUMER_KIND_LABELS, type ConsumerKind } from '#views/consumers/kind-labels.ts'
import { consumerRowId } from '#views/ids.ts'
import { consumerEditHref } from '#views/locations/paths.ts'
import { ActiveState, rowClass } from '#views/ui/active-state.tsx'
import { EditLink, RecordRows } from '#views/ui/edit-row.tsx'

/** How many columns the table of gensets and tugs has. */
export const CONSUMER_COLUMNS = 5

export type ConsumerEntry = {
  id: number
  name: string
  kind: ConsumerKind
  powerKilowatts: number | null
  active: boolean
}

export type ConsumerRowProps = {
  consumer: ConsumerEntry
  /** It was just saved. */
  isNew?: boolean
}

/** A genset or tug in the list of its location, with all that htmx swaps together with the row. */
export function ConsumerRow({ consumer, isNew = false }: ConsumerRowProps) {
  const { id, name, kind, powerKilowatts, active } = consumer
  return (
    <RecordRows>
      <tr id={consumerRowId(id)} class={rowClass({ isNew, active })}>
        <th class="c-name" scope="row">
          {name}
        </th>
        <td class="c-kind">{CONSUMER_KIND_LABELS[kind]}</td>
        <td class="c-power num">
          {powerKilowatts === null ? '–' : groupThousands(String(powerKilowatts))}
        </td>
        <td class="c-state">
          <ActiveState active={active} />
        </td>
        <td class="c-end">
          <EditLink href={consumerEditHref(id)} label={`Ubah ${name}`} />
        </td>
      </tr>
    </RecordRows>
  )
}

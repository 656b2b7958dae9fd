import { formatRound, groupThousands, type Litres } from '#src/units/litres.ts'
import { locationRowId } from '#views/ids.ts'
import { locationEditHref, locationHref } from '#views/locations/paths.ts'
import { ActiveState, rowClass } from '#views/ui/active-state.tsx'
import { Code } from '#views/ui/code.tsx'
import { EditLink, RecordRows } from '#views/ui/edit-row.tsx'

/** How many columns the table of locations has. */
export const LOCATION_COLUMNS = 7

/** A location as the screens of the administration tell of it. */
export type LocationEntry = {
  id: number
  code: string
  name: string
  capacityLitres: Litres | null
  lowStockLitres: Litres | null
  active: boolean
  /** How many gensets or tugs can be chosen. */
  consumers: number
}

export type LocationRowProps = {
  location: LocationEntry
  /** It was just saved. */
  isNew?: boolean
}

/** A location in the list, with all that htmx swaps together with the row. */
export function LocationRow({ location, isNew = false }: LocationRowProps) {
  const { id, code, name, active } = location
  return (
    <RecordRows>
      <tr id={locationRowId(id)} class={rowClass({ isNew, active })}>
        <th class="c-code" scope="row">
          <a href={locationHref(id)}>
            <Code code={code} />
          </a>
        </th>
        <td class="c-name">{name}</td>
        <td class="c-capacity num">{limitInWords(location.capacityLitres)}</td>
        <td class="c-threshold num">{limitInWords(location.lowStockLitres)}</td>
        <td class="c-consumers num">{groupThousands(String(location.consumers))}</td>
        <td class="c-state">
          <ActiveState active={active} />
        </td>
        <td class="c-end">
          <EditLink href={locationEditHref(id)} label={`Ubah ${code}`} />
        </td>
      </tr>
    </RecordRows>
  )
}

/** A dash where there is no limit. */
const limitInWords = (litres: Litres | null): string =>
  litres === null ? '–' : formatRound(litres)

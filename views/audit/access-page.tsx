import type { AccessView } from '#src/audit/access.ts'
import { formatDayClock } from '#src/units/business-day.ts'
import { accessActions, actionLabel } from '#views/audit/action-labels.ts'
import { ACCESS_PATH, type AccessFilterValues, NOBODY_VALUE } from '#views/audit/filter.ts'
import { actionOptions, personOptions } from '#views/audit/filter-fields.tsx'
import { accessFilterInWords } from '#views/audit/filter-words.ts'
import { STRANGER } from '#views/audit/nobody.ts'
import { TrailFrame, type TrailFrameProps } from '#views/audit/trail-frame.tsx'
import type { Person } from '#views/history/filter-words.ts'
import { TextField } from '#views/ui/field.tsx'
import { Select } from '#views/ui/select.tsx'

/** With the browser or program by the name that people know it by. */
export type ShownAccess = AccessView & { device: string }

export type AccessPageProps = Pick<TrailFrameProps, 'errors' | 'today' | 'turn' | 'place'> & {
  filter: AccessFilterValues
  accesses: ShownAccess[]
  people: Person[]
  zoneLabel: string
}

const NOBODY = { value: NOBODY_VALUE, label: STRANGER }

/** Who signed in or was refused, and who took files along: from where, and with what. */
export function AccessPage(props: AccessPageProps) {
  const { filter, accesses, people, zoneLabel } = props
  return (
    <TrailFrame
      path={ACCESS_PATH}
      filter={filter}
      errors={props.errors}
      filterWords={accessFilterInWords(filter, { people, nobody: STRANGER })}
      fields={<AccessFields {...props} />}
      today={props.today}
      mayViewAccess
      turn={props.turn}
      place={props.place}
      noun="kejadian"
      shown={accesses.length}
      table={<AccessTable accesses={accesses} zoneLabel={zoneLabel} />}
    />
  )
}

function AccessFields({ filter, errors, people }: AccessPageProps) {
  return (
    <>
      <Select
        id="user"
        name="user"
        label="Oleh"
        value={filter.user}
        error={errors.user}
        options={personOptions({ people, nobody: NOBODY }, filter.user)}
      />
      <Select
        id="action"
        name="action"
        label="Kejadian"
        value={filter.action}
        error={errors.action}
        options={actionOptions(accessActions(), filter.action)}
      />
      <TextField
        id="address"
        name="address"
        label="Alamat"
        value={filter.address}
        error={errors.address}
        maxLength={45}
      />
    </>
  )
}

function AccessTable({ accesses, zoneLabel }: Pick<AccessPageProps, 'accesses' | 'zoneLabel'>) {
  return (
    <table class="table stack trail accesses">
      <caption class="visually-hidden">Kejadian, yang terbaru lebih dulu</caption>
      <thead>
        <tr>
          <th scope="col">{`Waktu (${zoneLabel})`}</th>
          <th scope="col">Kejadian</th>
          <th scope="col">Oleh</th>
          <th scope="col">Apa</th>
          <th scope="col">Alamat</th>
          <th scope="col">Perangkat</th>
        </tr>
      </thead>
      <tbody>
        {accesses.map(({ id, clock, action, by, detail, address, device }) => (
          <tr id={`access-${id}`}>
            <td class="c-when">{formatDayClock(clock)}</td>
            <td class="c-action">{actionLabel(action)}</td>
            <td class="c-by">{by ?? STRANGER}</td>
            <td class="c-subject">{detail}</td>
            <td class="c-address">{address}</td>
            <td class="c-device">{device}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

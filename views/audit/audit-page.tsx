import type { ChangeView } from '#src/audit/changes.ts'
import type { ChainWithLast } from '#src/audit/queries.ts'
import type { Noun } from '#src/audit/subjects.ts'
import { changeActions } from '#views/audit/action-labels.ts'
import { ChainsPanel } from '#views/audit/chains-panel.tsx'
import { ChangesTable } from '#views/audit/changes-table.tsx'
import { AUDIT_PATH, type ChangeFilterValues, NOBODY_VALUE } from '#views/audit/filter.ts'
import { ALL, actionOptions, personOptions } from '#views/audit/filter-fields.tsx'
import { changeFilterInWords } from '#views/audit/filter-words.ts'
import { SYSTEM } from '#views/audit/nobody.ts'
import { NOUN_LABELS } from '#views/audit/subject.tsx'
import { TrailFrame, type TrailFrameProps } from '#views/audit/trail-frame.tsx'
import type { Person } from '#views/history/filter-words.ts'
import { TextField } from '#views/ui/field.tsx'
import { type Option, Select } from '#views/ui/select.tsx'

export type AuditPageProps = Pick<TrailFrameProps, 'errors' | 'today' | 'turn' | 'place'> & {
  filter: ChangeFilterValues
  changes: ChangeView[]
  chains: ChainWithLast[]
  people: Person[]
  /** Whether changes of people, places and settings, and sign-ins, can be seen as well. */
  seesAdministration: boolean
  zoneLabel: string
}

const NOBODY = { value: NOBODY_VALUE, label: SYSTEM }

/** What somebody who sees the books alone can choose among. */
const THINGS_OF_BOOKS: Noun[] = ['entry', 'import', 'location']

/** The changes that the audit trail tells of, and the heads of its chains. */
export function AuditPage(props: AuditPageProps) {
  const { filter, changes, chains, people, zoneLabel } = props
  const chainOptions = chains.map(({ chain, name }) => ({ value: chain, label: name }))
  const things = thingOptions(props.seesAdministration)
  return (
    <TrailFrame
      path={AUDIT_PATH}
      filter={filter}
      errors={props.errors}
      filterWords={changeFilterInWords(filter, {
        people,
        nobody: SYSTEM,
        things,
        chains: chainOptions,
      })}
      fields={<ChangeFields {...props} things={things} chainOptions={chainOptions} />}
      today={props.today}
      mayViewAccess={props.seesAdministration}
      turn={props.turn}
      place={props.place}
      noun="perubahan"
      shown={changes.length}
      table={<ChangesTable changes={changes} zoneLabel={zoneLabel} />}
    >
      <ChainsPanel chains={chains} zoneLabel={zoneLabel} />
    </TrailFrame>
  )
}

type ChangeFieldsProps = AuditPageProps & { things: Option[]; chainOptions: Option[] }

function ChangeFields(props: ChangeFieldsProps) {
  const { filter, errors } = props
  return (
    <>
      <Select
        id="user"
        name="user"
        label="Oleh"
        value={filter.user}
        error={errors.user}
        options={personOptions({ people: props.people, nobody: NOBODY }, filter.user)}
      />
      <Select
        id="action"
        name="action"
        label="Perubahan"
        value={filter.action}
        error={errors.action}
        options={actionOptions(changeActions(props.seesAdministration), filter.action)}
      />
      <Select
        id="thing"
        name="thing"
        label="Apa"
        value={filter.thing}
        error={errors.thing}
        options={[ALL, ...props.things]}
      />
      <TextField
        id="number"
        name="number"
        label="Nomor"
        value={filter.number}
        error={errors.number}
        maxLength={15}
      />
      <Select
        id="chain"
        name="chain"
        label="Rantai"
        value={filter.chain}
        error={errors.chain}
        options={[ALL, ...props.chainOptions]}
      />
    </>
  )
}

function thingOptions(seesAdministration: boolean): Option[] {
  return Object.entries(NOUN_LABELS).flatMap(([value, label]) =>
    seesAdministration || THINGS_OF_BOOKS.some((noun) => noun === value) ? { value, label } : [],
  )
}

import {
  DEFAULT_LIMIT,
  DEFAULT_SORT,
  HISTORY_PATH,
  type HistoryFilterValues,
  sortOf,
} from '#views/history/filter.ts'
import {
  CORRECTED,
  type Consumer,
  filterInWords,
  KINDS,
  type Person,
  SORTS,
  TYPES,
} from '#views/history/filter-words.ts'
import { Button, ButtonLink, Buttons } from '#views/ui/button.tsx'
import { PeriodFields } from '#views/ui/date-field.tsx'
import { drawnOnce } from '#views/ui/drawn-once.tsx'
import type { Errors } from '#views/ui/error-summary.tsx'
import { TextField } from '#views/ui/field.tsx'
import { type Option, type OptionGroup, Select } from '#views/ui/select.tsx'

export type FiltersProps = {
  filter: HistoryFilterValues
  errors: Errors
  /** Rows a page, kept where it is not the usual number. */
  limit: number
  locations: { code: string; name: string }[]
  people: Person[]
  consumers: Consumer[]
  showLocation: boolean
}

type Choice = 'type' | 'location' | 'kind' | 'user' | 'consumer' | 'corrected'

/** Few: with the names of everybody and everything each one is long. */
const MOST = 20

/** On phones behind "Saring", a link that opens the form without a script. */
export const Filters = drawnOnce(MOST, (props: FiltersProps) => {
  const { filter, errors, limit } = props
  const hasErrors = Object.keys(errors).length > 0
  const locations = props.locations.map(({ code, name }) => ({ value: code, label: name }))
  return (
    <>
      <p class="filters-open">
        <span>{filterInWords(props)}</span> <ButtonLink href="#saringan">Saring</ButtonLink>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: Chromium 64 does not know <search>. */}
      <form
        class={`filters filters-many${props.showLocation ? '' : ' filters-own'}${hasErrors ? ' is-open' : ''}`}
        id="saringan"
        method="get"
        action={HISTORY_PATH}
        role="search"
        aria-label="Saring riwayat"
        novalidate
        hx-get={HISTORY_PATH}
      >
        <TextField
          id="search"
          name="search"
          type="search"
          label="Cari di keterangan dan surat jalan"
          value={filter.search}
          error={errors.search}
          maxLength={100}
        />
        <PeriodFields values={filter} errors={errors} />
        <ChoiceField {...props} name="type" label="Arah" options={TYPES} />
        {props.showLocation ? (
          <ChoiceField {...props} name="location" label="Lokasi" options={[ALL, ...locations]} />
        ) : null}
        <Select
          id="sort"
          name="sort"
          label="Urutan"
          value={sortOf(filter) === DEFAULT_SORT ? '' : filter.sort}
          error={errors.sort}
          options={SORTS}
        />
        <MoreFilters {...props} />
        {limit === DEFAULT_LIMIT ? null : <input type="hidden" name="limit" value={limit} />}
        <Buttons>
          <Button look="primary">Saring</Button>{' '}
          <a class="button quiet" href={HISTORY_PATH} hx-get={HISTORY_PATH}>
            Hapus
          </a>
        </Buttons>
      </form>
    </>
  )
})

/** What is asked for less often. Open where it says something, so that no filter works unseen. */
function MoreFilters(props: FiltersProps) {
  const { filter, errors, people } = props
  const names = ['kind', 'user', 'consumer', 'corrected'] as const
  const isUsed = names.some((name) => filter[name] !== '' || errors[name] !== undefined)
  return (
    <details class="more filters-more" open={isUsed}>
      <summary>Saringan lain</summary>
      <div>
        <ChoiceField {...props} name="kind" label="Jenis" options={KINDS} />
        <ChoiceField {...props} name="user" label="Oleh" options={[ALL, ...people.map(numbered)]} />
        <ChoiceField
          {...props}
          name="consumer"
          label="Untuk"
          options={[ALL, ...consumerOptions(props)]}
        />
        <ChoiceField {...props} name="corrected" label="Perbaikan" options={CORRECTED} />
      </div>
    </details>
  )
}

const ALL: Option = { value: '', label: 'Semua' }

type ChoiceFieldProps = Pick<FiltersProps, 'filter' | 'errors'> & {
  name: Choice
  label: string
  options: (Option | OptionGroup)[]
}

const ChoiceField = ({ filter, errors, name, label, options }: ChoiceFieldProps) => (
  <Select
    id={name}
    name={name}
    label={label}
    value={filter[name]}
    error={errors[name]}
    options={options}
  />
)

const numbered = ({ id, name }: { id: number; name: string }): Option => ({
  value: String(id),
  label: name,
})

/** Where several locations can be seen, each has a group of its own. */
function consumerOptions({
  consumers,
  showLocation,
}: Pick<FiltersProps, 'consumers' | 'showLocation'>): (Option | OptionGroup)[] {
  if (!showLocation) return consumers.map(numbered)
  const names = [...new Set(consumers.map(({ location }) => location))]
  return names.map((name) => ({
    label: name,
    options: consumers.filter(({ location }) => location === name).map(numbered),
  }))
}

import { CONSUMER_COLUMNS } from '#views/consumers/consumer-row.tsx'
import { ConsumersHead } from '#views/consumers/consumers-panel.tsx'
import { CONSUMER_KIND_LABELS } from '#views/consumers/kind-labels.ts'
import { consumerHref, locationHref } from '#views/locations/paths.ts'
import { SelectCell, TextCell, TickCell } from '#views/ui/edit-cells.tsx'
import { EditPage, EditRow, type RowForm } from '#views/ui/edit-row.tsx'

export type ConsumerEditProps = {
  form: RowForm
  location: { id: number; code: string }
  /** Null for one that is only being added. */
  consumer: { id: number; name: string } | null
}

const KINDS = Object.entries(CONSUMER_KIND_LABELS).map(([value, label]) => ({ value, label }))

/** A genset or tug of the list as a form, or an empty one for a new one. */
export function ConsumerEditRow({ form, location, consumer }: ConsumerEditProps) {
  return (
    <EditRow
      form={form}
      columns={CONSUMER_COLUMNS}
      cancelHref={`${locationHref(location.id)}${consumer ? `#${form.id}` : ''}`}
      {...(consumer && { rowHref: consumerHref(consumer.id) })}
    >
      <TextCell form={form} class="c-name" name="name" label="Nama" maxLength={100} />
      <SelectCell form={form} class="c-kind" name="kind" label="Jenis" options={KINDS} />
      <TextCell
        form={form}
        class="c-power num"
        name="power"
        label="Daya (kW), boleh kosong"
        inputMode="numeric"
        maxLength={10}
      />
      <TickCell form={form} class="c-state" name="active" label="Aktif" unticked="Nonaktif" />
    </EditRow>
  )
}

export const consumerHeading = ({ consumer, location }: Omit<ConsumerEditProps, 'form'>): string =>
  consumer ? `Ubah ${consumer.name}` : `Tambah genset atau kapal di ${location.code}`

/** The same row on a page of its own. */
export function ConsumerEditPage(props: ConsumerEditProps) {
  const { form, location, consumer } = props
  return (
    <EditPage
      form={form}
      heading={consumerHeading(props)}
      back={<a href={locationHref(location.id)}>{location.code}</a>}
    >
      <table class="table stack consumers-edited">
        <caption class="visually-hidden">
          {consumer ? consumer.name : 'Genset atau kapal baru'}
        </caption>
        <ConsumersHead />
        <ConsumerEditRow {...props} />
      </table>
    </EditPage>
  )
}

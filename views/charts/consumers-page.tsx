import type { ConsumersOfPlace } from '#src/charts/consumers.ts'
import type { Period } from '#src/charts/rules.ts'
import { ChartsFrame, type ChartsFrameProps } from '#views/charts/charts-frame.tsx'
import { ConsumersTable } from '#views/charts/consumers-table.tsx'
import { Downloads } from '#views/charts/downloads.tsx'
import { fileNameOf } from '#views/charts/filter.ts'
import { periodInWords } from '#views/charts/words.ts'
import { CONSUMERS_TABLE_ID } from '#views/ids.ts'
import { Empty } from '#views/ui/empty.tsx'
import { Panel } from '#views/ui/panel.tsx'

export type ConsumersPageProps = ChartsFrameProps & {
  period: Period | null
  /** Null where there are too many locations to be shown at once. */
  places: ConsumersOfPlace[] | null
  location: { code: string; name: string } | null
}

const TALL_FROM = 12
const TALLER_FROM = 30

/** Usage of each genset and tug in the period, against its own usual. */
export function ConsumersPage(props: ConsumersPageProps) {
  return (
    <ChartsFrame {...props} heading={headingOf(props)}>
      {contentOf(props)}
    </ChartsFrame>
  )
}

function contentOf(props: ConsumersPageProps) {
  const { places, period } = props
  if (!period || places?.length === 0) return null
  if (places === null) {
    return (
      <div class="panel">
        <Empty heading="Lokasinya banyak">
          <p>Pilih satu lokasi untuk melihat genset atau kapalnya.</p>
        </Empty>
      </div>
    )
  }
  const rows = places.reduce((sum, place) => sum + place.rows.length, 0)
  return rows === 0 ? <NobodyUsed /> : <Uses {...props} {...{ places, period, rows }} />
}

const NobodyUsed = () => (
  <div class="panel">
    <Empty heading="Belum ada pemakaian">
      <p>Di rentang ini tidak ada yang memakai, dan belum ada genset atau kapal yang terdaftar.</p>
    </Empty>
  </div>
)

type UsesProps = ConsumersPageProps & { places: ConsumersOfPlace[]; period: Period; rows: number }

function Uses(props: UsesProps) {
  const { places, period, location, filter, rows } = props
  const words = periodInWords(period)
  const title = `${headingOf(props)}, ${words}`
  const fileName = fileNameOf({ noun: 'genset-kapal', location, ...period })
  return (
    <div class="desk">
      <Panel id="chart" heading={words} aside={<Downloads filter={filter} fileName={fileName} />}>
        <Figure title={title} rows={rows} />
      </Panel>
      <Panel id="figures" heading="Angkanya">
        <ConsumersTable caption={title} places={places} />
        <p class="panel-body hint">
          Biasanya: rata-rata per hari pakai dari 60 hari pakai terakhir sebelum rentang ini, paling
          jauh setahun ke belakang. Hari pakai: hari yang ada pemakaiannya. Kurang dari 7 hari pakai
          belum cukup data. Catatan yang sudah diperbaiki tidak dihitung.
        </p>
      </Panel>
    </div>
  )
}

/** Hidden until the script draws it from the table. */
function Figure({ title, rows }: { title: string; rows: number }) {
  const height = rows > TALLER_FROM ? ' chart-taller' : rows > TALL_FROM ? ' chart-tall' : ''
  return (
    <figure
      class="panel-body"
      hidden
      data-chart={CONSUMERS_TABLE_ID}
      data-chart-kind="consumers"
      data-title={title}
    >
      <ul class="legend">
        <li class="box used">Pemakaian di rentang ini</li>
        <li class="box usual">Biasanya, untuk hari pakai sebanyak itu</li>
      </ul>
      <div class={`chart${height}`}>
        <canvas
          role="img"
          aria-label="Grafik pemakaian tiap genset atau kapal dan yang biasa; angkanya ada di tabel."
        />
      </div>
      <figcaption class="hint">Dalam liter.</figcaption>
    </figure>
  )
}

function headingOf({ location, errors }: ConsumersPageProps): string {
  if (Object.keys(errors).length > 0) return 'Grafik per genset/kapal'
  return `Pemakaian per genset/kapal ${location?.name ?? 'semua lokasi'}`
}

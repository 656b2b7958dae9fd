import type { Counted, Draft, PlaceOutcome, Shortage } from '#src/imports/draft.ts'
import { formatDayClock } from '#src/units/business-day.ts'
import { formatLitres, groupThousands } from '#src/units/litres.ts'
import { HISTORY_PATH } from '#views/history/filter.ts'
import { IMPORTS_PATH } from '#views/imports/paths.ts'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'
import { Notice } from '#views/ui/notice.tsx'

/** In a sentence or two: how it stands with the file, and what to do next. */
export function OutcomeNotice(props: { draft: Draft; isSettled: boolean }) {
  const { draft } = props
  const { outcome } = draft
  switch (outcome.state) {
    case 'waiting':
      return (
        <Notice heading="Belum diperiksa">
          <p>Berkas sudah tersimpan. Tekan “Periksa lagi”.</p>
        </Notice>
      )
    case 'question':
      return (
        <Notice tone="low" heading="Satu hal perlu Anda tentukan">
          <p>{outcome.sentence}</p>
        </Notice>
      )
    case 'refused':
      return (
        <Notice tone="bad" heading="Berkas ini tidak bisa dibukukan">
          <p>{outcome.sentence}</p>
        </Notice>
      )
    case 'wrong':
      return (
        <Notice tone="bad" heading={`${count(outcome.problems)} masalah, tidak ada yang dibukukan`}>
          <p>Perbaiki baris yang disebut di bawah dalam berkas, simpan, lalu unggah lagi.</p>
          <Buttons>
            <ButtonLink href={IMPORTS_PATH}>Unggah lagi</ButtonLink>
          </Buttons>
        </Notice>
      )
    case 'short':
      return <ShortNotice places={outcome.places} />
    case 'ready':
      return <ReadyNotice {...outcome} {...props} />
    case 'booked':
      return <BookedNotice {...outcome} draft={draft} />
  }
}

/** "1.200 baris dan 2 stok awal": an opening stock that was given beside the file is no row of it. */
export function bookedInWords({ outcome, chosen }: Draft): string {
  if (outcome.state !== 'ready' && outcome.state !== 'booked') return ''
  const isGiven = ({ code, openingLitres }: PlaceOutcome) =>
    openingLitres > 0n && chosen.opening[code] !== undefined
  const openings = outcome.places.filter(isGiven).length
  return `${count(outcome.booked)} baris${openings > 0 ? ` dan ${openings} stok awal` : ''}`
}

function ReadyNotice({
  rows,
  skipped,
  draft,
  isSettled,
}: Counted & { draft: Draft; isSettled: boolean }) {
  if (isSettled) {
    return (
      <Notice heading="Tidak ada yang baru">
        <p>{`Semua ${count(rows)} baris sudah ada di buku.`}</p>
      </Notice>
    )
  }
  return (
    <Notice tone="done" heading={`${bookedInWords(draft)} siap dibukukan`}>
      <p>{skippedSentence(skipped)}</p>
    </Notice>
  )
}

function BookedNotice({ skipped, draft }: Counted & { draft: Draft }) {
  return (
    <Notice tone="done" heading={`${bookedInWords(draft)} sudah dibukukan`}>
      <p>{skippedSentence(skipped)}</p>
      <Buttons>
        <ButtonLink href={HISTORY_PATH}>Lihat riwayat</ButtonLink>
      </Buttons>
    </Notice>
  )
}

const skippedSentence = (skipped: number): string =>
  skipped === 0
    ? 'Semua baris di berkas ini baru.'
    : `${count(skipped)} baris lain sudah ada di buku dan dilewati.`

function ShortNotice({ places }: { places: PlaceOutcome[] }) {
  return (
    <Notice tone="bad" heading="Stok tidak cukup, tidak ada yang dibukukan">
      <ul>
        {places.map(({ code, shortage }) =>
          shortage ? <li>{shortageSentence(code, shortage)}</li> : null,
        )}
      </ul>
    </Notice>
  )
}

function shortageSentence(code: string, { clock, line, entryId, ...needed }: Shortage): string {
  const { missing, opening, moreThanBooked } = needed
  const source = line === null ? `catatan nomor ${entryId} di buku` : `baris ${line} di berkas`
  const what = `${code}: pada ${formatDayClock(clock)} (${source}) stok kurang ${formatLitres(missing)} liter.`
  if (opening !== null)
    return `${what} Stok awal ${formatLitres(opening)} liter akan cukup; isi di bawah bila memang ada sebanyak itu.`
  return `${what} Stok awal di buku perlu ${formatLitres(moreThanBooked ?? 0n)} liter lebih banyak: perbaiki dulu di Riwayat, atau lengkapi stok masuk yang belum ada.`
}

const count = (rows: number): string => groupThousands(String(rows))

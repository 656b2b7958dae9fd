import { formatLitres, type Litres } from '#src/units/litres.ts'

export type LocationSavedProps = {
  code: string
  active: boolean
  balance: Litres
  /** Clerks who work here and nowhere else. */
  clerks: number
  isAdded?: boolean
}

/** What was just done to a location, and what follows where it is out of use, as the status line says it. */
export function LocationSaved(props: LocationSavedProps) {
  const { code, active, balance, clerks, isAdded = false } = props
  return (
    <>
      <strong>{isAdded ? 'Lokasi ditambahkan:' : 'Tersimpan:'}</strong> {code}
      {active
        ? '.'
        : `, nonaktif. Tidak ada yang bisa mencatat di sini; bukunya tetap terlihat, sisa ${formatLitres(balance)} liter.`}
      {active || clerks === 0
        ? null
        : ` ${clerks} petugas operasional di lokasi ini tidak bisa mencatat sampai lokasinya aktif lagi atau mereka dipindahkan.`}
    </>
  )
}

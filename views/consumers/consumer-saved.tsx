export type ConsumerSavedProps = { name: string; active: boolean; isAdded?: boolean }

/** What was just done to a genset or tug, and what follows where it is out of use, as the status line says it. */
export function ConsumerSaved({ name, active, isAdded = false }: ConsumerSavedProps) {
  return (
    <>
      <strong>{isAdded ? 'Ditambahkan:' : 'Tersimpan:'}</strong> {name}
      {active
        ? '.'
        : ', nonaktif. Tidak bisa dipilih lagi saat mencatat; catatan yang sudah ada tetap menyebutnya.'}
    </>
  )
}

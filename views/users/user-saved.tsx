export type UserSavedProps = { name: string; active: boolean; isAdded?: boolean }

/** What was just done to somebody, as the status line says it. */
export function UserSaved({ name, active, isAdded = false }: UserSavedProps) {
  return (
    <>
      <strong>{isAdded ? 'Pengguna ditambahkan:' : 'Tersimpan:'}</strong> {name}
      {active ? '' : ', nonaktif dan tidak bisa masuk'}
    </>
  )
}

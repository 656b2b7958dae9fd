/** How many sessions of a person were just ended, as the status line says it. */
export function SessionsEnded({ ended }: { ended: number }) {
  if (!(ended > 0)) return <strong>Sesi itu sudah berakhir lebih dulu.</strong>
  return <strong>{ended === 1 ? 'Satu sesi diakhiri.' : `${ended} sesi diakhiri.`}</strong>
}

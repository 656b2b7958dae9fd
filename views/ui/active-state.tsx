import { Badge } from '#views/ui/badge.tsx'

/** Whether a record can still be used; what cannot stays in its list. */
export const ActiveState = ({ active }: { active: boolean }) =>
  active ? <>Aktif</> : <Badge>Nonaktif</Badge>

/** How the row of such a record looks; it is new where it was just saved. */
export function rowClass({ isNew, active }: { isNew: boolean; active: boolean }) {
  const classes = [isNew ? 'new' : '', active ? '' : 'inactive'].filter((one) => one !== '')
  return classes.length > 0 ? classes.join(' ') : undefined
}

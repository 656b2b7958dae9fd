/** A bar that moves while the request is under way that names it in `hx-indicator`. */
export function Loading({ id, label }: { id?: string; label: string }) {
  return <div class="loading htmx-indicator" id={id} role="progressbar" aria-label={label} />
}

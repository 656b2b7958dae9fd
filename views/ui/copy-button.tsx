/** Copies the text of an element. Without a script it stays hidden: there people select the text themselves. */
export function CopyButton({ of, label }: { of: string; label: string }) {
  return (
    <button class="button compact" type="button" hidden data-copy={of}>
      {label}
    </button>
  )
}

import type { Child, PropsWithChildren } from 'hono/jsx'

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'
export type ButtonSize = 'normal' | 'compact' | 'big'

type Look = { look?: ButtonLook; size?: ButtonSize }

export type ButtonProps = PropsWithChildren<
  Look & { name?: string; value?: string; label?: string }
>

/** A button that sends its form. */
export function Button(props: ButtonProps) {
  return (
    <button
      class={buttonClass(props)}
      type="submit"
      name={props.name}
      value={props.value}
      aria-label={props.label}
    >
      {props.children}
    </button>
  )
}

export type ButtonLinkProps = PropsWithChildren<Look & { href: string; label?: string }>

export function ButtonLink(props: ButtonLinkProps) {
  return (
    <a class={buttonClass(props)} href={props.href} aria-label={props.label}>
      {props.children}
    </a>
  )
}

export function Buttons(props: { children: Child }) {
  return <div class="buttons">{props.children}</div>
}

function buttonClass({ look = 'plain', size = 'normal' }: Look): string {
  const parts = ['button', look === 'plain' ? '' : look, size === 'normal' ? '' : size]
  return parts.filter((part) => part !== '').join(' ')
}

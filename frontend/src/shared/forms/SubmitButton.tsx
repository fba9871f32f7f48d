import { Button, type ButtonProps } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';

interface Props extends ButtonProps {
  /** The form is on its way. */
  busy: boolean;
  children: ReactNode;
}

/** A field for a password bears another mark than all others. */
const invalid = '[aria-invalid="true"], input[data-invalid="true"]';

/**
 * Sends its form. A button that waits lets go of the focus; when the form stays, because it was refused, the focus goes to the
 * first field that says why, or else back to the button.
 */
export function SubmitButton({ busy, ...button }: Props) {
  const own = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const pressed = own.current;
    if (!busy || !pressed) return;
    return () => {
      // What was refused is marked in the same moment, and may be drawn after this.
      setTimeout(() => {
        const active = document.activeElement;
        if (active !== document.body && active !== pressed) return; // somebody has gone on
        const refused = pressed.form?.querySelector<HTMLElement>(invalid);
        (refused ?? pressed).focus();
      });
    };
  }, [busy]);
  return <Button ref={own} type="submit" loading={busy} {...button} />;
}

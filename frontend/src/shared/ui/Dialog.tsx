import { Modal, type ModalProps } from '@mantine/core';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';

/** A dialog. It opens on its first control, not on the cross that closes it, and gives the focus back. */
export function Dialog({ children, ...props }: ModalProps) {
  // Seen before the page is drawn anew: the menu that the dialog was opened from may go in the same moment.
  const [from] = useState(() => (props.opened ? opener() : null));
  return (
    <Modal {...props}>
      <Focus from={from}>{children}</Focus>
    </Modal>
  );
}

/**
 * Mantine gives the focus back when `opened` turns false, and most of our dialogs are taken away instead. What is
 * inside is there exactly as long as the dialog is, in both cases.
 */
function Focus({ from, children }: { from: HTMLElement | null; children: ReactNode }) {
  const body = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const home = from ?? opener();
    const chosen = body.current?.querySelector('[data-autofocus]');
    if (!chosen) firstControl(body.current)?.setAttribute('data-autofocus', 'true');
    return () => {
      setTimeout(() => {
        if (document.activeElement !== document.body) return;
        const there = home?.isConnected ? home : document.getElementById('main');
        there?.focus({ preventScroll: true });
      });
    };
  }, [from]);
  return (
    <div ref={body} style={{ display: 'contents' }}>
      {children}
    </div>
  );
}

/** What had the focus. An item of a menu goes with its menu, whose button stays. */
function opener(): HTMLElement | null {
  const focused = document.activeElement;
  const button = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const from = button ? document.getElementById(button) : focused;
  return from instanceof HTMLElement && from !== document.body ? from : null;
}

function firstControl(inside: HTMLElement | null): Element | null | undefined {
  return inside?.querySelector(
    ':is(input:not([type="hidden"]), select, textarea, button):not(:disabled), a[href]',
  );
}

import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { IconArrowLeft } from '@tabler/icons-react';
import { forwardRef, type AnchorHTMLAttributes, type ReactNode } from 'react';

type Native<Own> = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Own>;

const AnchorElement = forwardRef<HTMLAnchorElement, AnchorProps & Native<AnchorProps>>(
  function AnchorElement(props, ref) {
    return <Anchor ref={ref} {...props} />;
  },
);

const ButtonElement = forwardRef<HTMLAnchorElement, ButtonProps & Native<ButtonProps>>(
  function ButtonElement(props, ref) {
    return <Button ref={ref} component="a" {...props} />;
  },
);

/** A link inside Piper, with Mantine's looks and the router's typed addresses. */
export const TextLink = createLink(AnchorElement);

/** A link that looks like a button, for the main action of a page. */
export const ButtonLink = createLink(ButtonElement);

/** What stands inside a link back to the list. */
export function BackLabel({ children }: { children: ReactNode }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
      <IconArrowLeft size={15} aria-hidden />
      {children}
    </span>
  );
}

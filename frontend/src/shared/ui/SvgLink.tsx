import { createLink } from '@tanstack/react-router';
import { forwardRef, type AnchorHTMLAttributes } from 'react';

// Inside an <svg>, React makes this the SVG element of the same name.
const SvgAnchor = forwardRef<HTMLAnchorElement, AnchorHTMLAttributes<HTMLAnchorElement>>(
  function SvgAnchor({ children, ...props }, ref) {
    return (
      <a ref={ref} {...props}>
        {children}
      </a>
    );
  },
);

/** A piece of a drawing that leads to the record or the records behind it. */
export const SvgLink = createLink(SvgAnchor);

import { createLink } from '@tanstack/react-router';
import { forwardRef, type AnchorHTMLAttributes } from 'react';
import classes from './RowLink.module.css';

const Stretched = forwardRef<HTMLAnchorElement, AnchorHTMLAttributes<HTMLAnchorElement>>(
  function Stretched({ children, ...props }, ref) {
    return (
      <a ref={ref} {...props} className={classes.link}>
        {children}
      </a>
    );
  },
);

/** The link of a row. A click anywhere in the row follows it. */
export const RowLink = createLink(Stretched);

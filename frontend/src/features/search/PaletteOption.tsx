import { useEffect, useRef } from 'react';
import { formatDate } from '@/shared/format/date';
import { When } from '@/shared/ui/When';
import type { Choice } from './choices';
import { Marked } from './Marked';
import classes from './Palette.module.css';

interface PaletteOptionProps {
  id: string;
  choice: Choice;
  q: string;
  heading: string | null;
  active: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

export function PaletteOption(props: PaletteOptionProps) {
  const { id, choice, q, heading, active } = props;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <>
      {heading && (
        <div className={classes.group} role="presentation">
          {heading}
        </div>
      )}
      {/* The focus stays in the field, which names the active option; keys are handled there. */}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <div
        ref={element}
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={active}
        className={classes.option}
        onMouseMove={props.onPoint}
        onClick={props.onChoose}
      >
        <span className={classes.title}>
          {choice.key.startsWith('action:') ? choice.title : <Marked title={choice.title} q={q} />}
        </span>
        {choice.similar && <span className={classes.subtitle}>similar name</span>}
        {choice.subtitle && <span className={classes.subtitle}>{choice.subtitle}</span>}
        {choice.date && <span className={classes.subtitle}>{formatDate(choice.date)}</span>}
        {choice.at && (
          <span className={classes.subtitle}>
            <When at={choice.at} short />
          </span>
        )}
      </div>
    </>
  );
}

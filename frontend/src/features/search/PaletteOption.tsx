import { useEffect, useRef } from 'react';
import { When } from '@/shared/ui/When';
import type { Choice } from './choices';
import classes from './Palette.module.css';

interface PaletteOptionProps {
  id: string;
  choice: Choice;
  heading: string | null;
  active: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

export function PaletteOption(props: PaletteOptionProps) {
  const { id, choice, heading, active } = props;
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
        <span className={classes.title}>{choice.title}</span>
        {choice.subtitle && <span className={classes.subtitle}>{choice.subtitle}</span>}
        {choice.at && (
          <span className={classes.subtitle}>
            <When at={choice.at} short />
          </span>
        )}
      </div>
    </>
  );
}

import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import classes from './FilterBar.module.css';

interface FilterBarProps {
  /** The field for words, which stays in sight on a phone. */
  words?: ReactNode;
  /** How many filters beside the words are set. */
  active: number;
  onClear: () => void;
  /** On a phone too the filters stand open: they take little room. */
  open?: boolean;
  /** At the far end: what does not narrow the list. */
  aside?: ReactNode;
  children?: ReactNode;
}

export function FilterBar({
  words,
  active,
  onClear,
  open: always = false,
  aside,
  children,
}: FilterBarProps) {
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const [open, setOpen] = useState(false);
  return (
    <search className={classes.bar}>
      {words}
      {phone && children && !always && (
        <Button
          variant="default"
          aria-expanded={open}
          leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          Filters{active > 0 && ` (${active})`}
        </Button>
      )}
      {(!phone || open || always) && children}
      {active > 0 && (
        <Button variant="subtle" px="xs" onClick={onClear}>
          Clear
        </Button>
      )}
      {aside && <div className={classes.aside}>{aside}</div>}
    </search>
  );
}

interface WordsProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** The address follows the typing after a moment's rest, so that Back does not walk letter by letter. */
export function WordsFilter({ label, value, onChange }: WordsProps) {
  const [typed, setTyped] = useState(value ?? '');
  const [settled, setSettled] = useState(value ?? '');
  const tell = useDebouncedCallback((words: string) => {
    setSettled(words);
    onChange(words || undefined);
  }, 250);
  // The address changed by other means (Back, Clear): it wins over what stands in the field.
  if ((value ?? '') !== settled) {
    setSettled(value ?? '');
    setTyped(value ?? '');
  }
  const set = (words: string) => {
    setTyped(words);
    tell(words.trim());
  };
  return (
    <TextInput
      type="search"
      className={classes.words}
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(event) => set(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed && <CloseButton aria-label="Clear words" size="sm" onClick={() => set('')} />
      }
    />
  );
}

interface SelectProps {
  label: string;
  /** What stands there while nothing is chosen. */
  all: string;
  value: string | undefined;
  options: { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
}

export function SelectFilter({ label, all, value, options, onChange }: SelectProps) {
  const unlisted = value !== undefined && !options.some((option) => option.value === value);
  return (
    <NativeSelect
      className={classes.select}
      aria-label={label}
      data-set={value !== undefined || undefined}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    >
      <option value="">{all}</option>
      {unlisted && <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </NativeSelect>
  );
}

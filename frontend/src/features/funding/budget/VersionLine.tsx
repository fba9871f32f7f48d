import { ActionIcon, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Fund, Project } from '@/shared/api/types';
import type { TypedLine } from './lines';
import classes from './budget.module.css';
import { useCurrency } from '@/shared/session/session';

interface VersionLineProps {
  n: number;
  props: (field: 'projectId' | 'fundId' | 'category') => GetInputPropsReturnType;
  figure: TypedLine['figure'];
  onFigure: (figure: TypedLine['figure']) => void;
  error: ReactNode;
  projects: Project[];
  funds: Fund[];
  onRemove: () => void;
}

const optionsOf = (list: { id: string; name: string }[]) =>
  list.map(({ id, name }) => ({ value: id, label: name }));

/** One line of a draft. */
export function VersionLine(line: VersionLineProps) {
  const { n, props, projects, funds } = line;
  const of = `of line ${n}`;
  return (
    <div className={classes.line} role="group" aria-label={`Line ${n}`}>
      <NativeSelect
        aria-label={`Project ${of}`}
        data={optionsOf(projects)}
        {...props('projectId')}
      />
      <TextInput
        aria-label={`Category ${of}`}
        placeholder="Category"
        list="categories"
        {...props('category')}
      />
      <NativeSelect
        aria-label={`Fund ${of}`}
        data={[{ value: '', label: 'No fund' }, ...optionsOf(funds)]}
        {...props('fundId')}
      />
      <NumberInput
        aria-label={`Amount ${of}`}
        placeholder={useCurrency()}
        min={0}
        decimalScale={2}
        thousandSeparator=","
        hideControls
        value={line.figure}
        onChange={line.onFigure}
        error={line.error}
        classNames={{ input: classes.figure ?? '' }}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Take line ${n} out`}
        onClick={line.onRemove}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}

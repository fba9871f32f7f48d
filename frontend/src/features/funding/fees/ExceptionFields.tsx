import { ActionIcon, NumberInput, TextInput } from '@mantine/core';
import type { FormErrors } from '@mantine/form';
import { IconX } from '@tabler/icons-react';
import type { FeeException, FeeYear } from '@/shared/api/types';
import { fraction } from '@/shared/format/number';
import { moneyOf, typed, type Typed } from '@/shared/forms/amount';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import classes from './fees.module.css';

/** An exception as the form holds it. */
export interface TypedException {
  key: string;
  memberId: string;
  figure: Typed['figure'];
  reason: string;
}

export function typedExceptions(fee: FeeYear | undefined): TypedException[] {
  if (!fee) return [];
  return fee.exceptions.map(({ memberId, minor, reason }) => ({
    key: memberId,
    memberId,
    figure: typed({ minor, currency: fee.amount.currency }, fee.amount.currency).figure,
    reason: reason ?? '',
  }));
}

/** The same for the API. What was left empty is refused there, at its place. */
export function exceptionsOf(list: TypedException[], currency: string): FeeException[] {
  return list.map(({ memberId, figure, reason }) => ({
    memberId,
    minor: moneyOf({ figure, currency })?.minor ?? -1,
    ...(reason && { reason }),
  }));
}

interface ExceptionFieldsProps {
  index: number;
  value: TypedException;
  errors: FormErrors;
  currency: string;
  onChange: (next: TypedException) => void;
  onRemove: () => void;
}

/** A member who pays something else than the others, or nothing. */
export function ExceptionFields(props: ExceptionFieldsProps) {
  const { index, value, errors, currency, onChange, onRemove } = props;
  const error = (field: string) => errors[`exceptions.${index}.${field}`];
  return (
    <div className={classes.exception} role="group" aria-label={`Exception ${index + 1}`}>
      <StakeholderSelect
        label="Member"
        kinds={['organisation']}
        first="member"
        required
        value={value.memberId}
        onChange={(memberId) => onChange({ ...value, memberId })}
        error={error('memberId')}
      />
      <NumberInput
        label="Pays"
        required
        min={0}
        hideControls
        thousandSeparator=","
        decimalScale={fraction(currency)}
        rightSection={currency}
        rightSectionWidth={52}
        value={value.figure}
        onChange={(figure) => onChange({ ...value, figure })}
        error={error('minor')}
      />
      <TextInput
        label="Why"
        value={value.reason}
        onChange={(event) => onChange({ ...value, reason: event.currentTarget.value })}
        error={error('reason')}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        mt={26}
        size="lg"
        aria-label={`Take exception ${index + 1} out`}
        onClick={onRemove}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}

import { Select } from '@mantine/core';

export interface Option {
  value: string;
  label: string;
}

interface PickProps {
  label: string;
  options: Option[];
}

export function Pick({ label, options, ...rest }: PickProps) {
  return (
    <Select
      label={label}
      data={options}
      searchable
      allowDeselect={false}
      flex="1 1 240px"
      nothingFoundMessage="Nothing is expected here."
      {...rest}
    />
  );
}

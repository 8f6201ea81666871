export declare function line(text: string): void;
export declare function step<T>(label: string, work: (note: (text: string) => void) => Promise<T> | T): Promise<T>;
/** Since this process began, for a person: `2,1 dtk`. */
export declare function sinceStart(): string;

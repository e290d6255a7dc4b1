import fc from 'fast-check';

/** One seed for every run, so that a change is judged by what it changed. `FC_SEED=$RANDOM npx jest hostile` looks further. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 1) });

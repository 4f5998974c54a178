//! Papers read in a process of their own, which may take so much time and memory and no more. Whoever reads PDF files
//! goes down as far as they say and unpacks what they hold; what that comes to shows only on the way.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::judge;
use super::kind::Kind;
use super::{Fault, Paper};

/// The first argument of the process of its own.
pub const ARGUMENT: &str = "--read-paper";

/// What a paper may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// So much time.
    pub time: Duration,
    /// So many bytes of memory.
    pub memory: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { time: Duration::from_secs(30), memory: 1_000_000_000 }
    }
}

/// What the process ends with that has taken too much.
const TOO_MUCH: u8 = 3;
/// The most bytes that it answers.
const LONGEST_ANSWER: u64 = 200_000_000;
/// How often time and memory are looked at.
const PAUSE: Duration = Duration::from_millis(5);

/// Reads a paper; a PDF in a process of its own: `program`, which calls [`serve`] when [`ARGUMENT`] is its first argument.
pub fn read(name: &str, bytes: &[u8], program: &Path, bounds: Bounds) -> Result<Paper, Fault> {
    if judge::kind(name, bytes)? != Kind::Pdf {
        return super::read(name, bytes);
    }
    let strange = |what: &str| {
        Fault::new(
            format!("Pdf-filen gick inte att läsa: {what}."),
            "Försök igen, eller spara dokumentet som docx.",
        )
    };
    let mut child = Command::new(program)
        .arg(ARGUMENT)
        .arg(bounds.memory.to_string())
        .arg(name)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| strange(&format!("läsaren startade inte ({error})")))?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let begin = Instant::now();
    let (answer, status) = thread::scope(|scope| {
        scope.spawn(move || {
            // A reader that has ended takes no more.
            _ = input.map(|mut input| input.write_all(bytes));
        });
        let answer = scope.spawn(move || {
            let mut answer = Vec::new();
            output.map(|output| output.take(LONGEST_ANSWER).read_to_end(&mut answer));
            answer
        });
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break Some(status),
                Ok(None) if begin.elapsed() < bounds.time => thread::sleep(PAUSE),
                _ => {
                    _ = child.kill();
                    _ = child.wait();
                    break None;
                }
            }
        };
        (answer.join().unwrap_or_default(), status)
    });
    let help = "Öppna den och skriv ut den som en ny pdf, eller spara dokumentet som docx.";
    match status {
        None => Err(Fault::new(
            format!("Pdf-filen tog mer än {} sekunder att läsa.", bounds.time.as_secs()),
            help,
        )),
        Some(status) if status.code() == Some(i32::from(TOO_MUCH)) => Err(Fault::new(
            format!("Pdf-filen tog mer än {} MB minne att läsa.", bounds.memory / 1_000_000),
            help,
        )),
        Some(_) => serde_json::from_slice::<Result<Paper, Fault>>(&answer)
            .unwrap_or_else(|_| Err(Fault::new("Pdf-filen är skadad så att den inte går att läsa.", help))),
    }
}

/// What the process of its own does: reads a paper from its input and writes what it says, within so many bytes of memory.
#[must_use]
pub fn serve(memory: &str, name: &str) -> ExitCode {
    let Ok(most_memory) = memory.parse() else { return ExitCode::FAILURE };
    thread::spawn(move || {
        while memory_stats::memory_stats().is_none_or(|now| now.physical_mem < most_memory) {
            thread::sleep(PAUSE);
        }
        std::process::exit(i32::from(TOO_MUCH));
    });
    let name = name.to_owned();
    let mut bytes = Vec::new();
    let most = u64::try_from(super::LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    if std::io::stdin().take(most).read_to_end(&mut bytes).is_err() {
        return ExitCode::FAILURE;
    }
    // Parts inside each other take room; a reader that needs more ends here, and not in the program that asked.
    let reader = thread::Builder::new().stack_size(64_000_000).spawn(move || super::read(&name, &bytes));
    let Ok(Ok(read)) = reader.map(thread::JoinHandle::join) else { return ExitCode::FAILURE };
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    let is_written = serde_json::to_writer(&mut output, &read).is_ok() && output.flush().is_ok();
    if is_written { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

//! A picture that somebody has laid in the register, judged by what its head says before any of it is decoded.

pub(super) mod fault;
#[cfg(feature = "pdf")]
mod raster;
mod svg;

use std::borrow::Cow;

use self::fault::Fault;

/// The kinds of pictures that are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::documents) enum Kind {
    Svg,
    Png,
    Jpeg,
}

/// So many pixels a picture may have. A logotype four centimetres high has two million at the resolution of print.
const MOST_PIXELS: u64 = 12_000_000;

/// So many pixels all passes over a picture may set: one that sharpens step by step has some ten of them.
const MOST_SET: u64 = 150_000_000;

/// The longest colour profile, in packed bytes. It unpacks to a thousand times as much at most.
const LONGEST_PROFILE: usize = 16 * 1024;

const SMALLER: &str = "Exportera bilden mindre: 2 000 bildpunkter i bredd räcker för tryck.";
pub(in crate::documents) const WHOLE: &str = "Exportera bilden på nytt som png, eller hämta den på nytt.";

/// The kind of a picture, and what of it is to be set.
pub(in crate::documents) fn check(file: &[u8]) -> Result<(Kind, Cow<'_, [u8]>), Fault> {
    if let Some(rest) = file.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        let damaged = || Fault::new("Filen är en skadad png-bild.", WHOLE);
        if rest.get(4..8) != Some(b"IHDR") {
            return Err(damaged());
        }
        let side = |at: usize| {
            let bytes = rest.get(at..at + 4)?.try_into().ok()?;
            Some(u64::from(u32::from_be_bytes(bytes)))
        };
        let (width, height) = side(8).zip(side(12)).ok_or_else(damaged)?;
        bounded(width, height)?;
        return png(file).map(|kept| (Kind::Png, kept.into()));
    }
    if file.starts_with(b"\xFF\xD8\xFF") {
        return jpeg(file).map(|_| (Kind::Jpeg, file.into()));
    }
    if let Some(kind) = other(file) {
        return Err(Fault::new(
            format!("Filen är {kind}, inte en svg-, png- eller jpg-bild."),
            "Öppna den i programmet där den gjordes och exportera den som svg eller png. Ett annat namn på filen räcker inte.",
        ));
    }
    svg::check(file).map(|drawing| (Kind::Svg, drawing.into()))
}

fn bounded(width: u64, height: u64) -> Result<(), Fault> {
    if width == 0 || height == 0 {
        return Err(Fault::new("Bilden är tom: den har ingen bredd eller höjd.", WHOLE));
    }
    if width.saturating_mul(height) > MOST_PIXELS {
        let problem = format!(
            "Bilden är {width} × {height} bildpunkter, och {} miljoner är det mesta som läses.",
            MOST_PIXELS / 1_000_000
        );
        return Err(Fault::new(problem, SMALLER));
    }
    Ok(())
}

/// What shows a drawing where no drawings are shown, as PNG of about so many points' height. A program without PDF draws none.
pub(in crate::documents) fn stand_in(kind: Kind, file: &[u8], height: u32) -> Option<Vec<u8>> {
    #[cfg(feature = "pdf")]
    {
        let height = u16::try_from(height).map_or(f32::MAX, f32::from);
        (kind == Kind::Svg).then(|| raster::png(file, height)).flatten()
    }
    #[cfg(not(feature = "pdf"))]
    {
        _ = (kind, file, height);
        None
    }
}

/// The width and height of a picture that has been looked through, in any unit.
pub(in crate::documents) fn sides(kind: Kind, file: &[u8]) -> Option<(u64, u64)> {
    match kind {
        Kind::Svg => svg::sides(file),
        Kind::Png => {
            let side =
                |at: usize| Some(u64::from(u32::from_be_bytes(file.get(at..at + 4)?.try_into().ok()?)));
            side(16).zip(side(20))
        }
        Kind::Jpeg => jpeg(file).ok(),
    }
}

/// The parts of a picture that are set. The others are packed texts, which may unpack to any length.
fn png(file: &[u8]) -> Result<Vec<u8>, Fault> {
    let (head, mut rest) = file.split_at(file.len().min(8));
    let mut kept = head.to_vec();
    while let Some(length) = rest.first_chunk::<4>() {
        // Four bytes of length, four of name, four of checksum.
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX).saturating_add(12);
        let (part, after) = rest.split_at(length.min(rest.len()));
        rest = after;
        match part.get(4..8) {
            Some(b"iCCP") if part.len() > LONGEST_PROFILE => {
                return Err(Fault::new("Bildens färgprofil är för stor.", WHOLE));
            }
            Some(
                b"IHDR" | b"PLTE" | b"IDAT" | b"IEND" | b"tRNS" | b"iCCP" | b"sRGB" | b"gAMA" | b"cHRM"
                | b"pHYs" | b"sBIT",
            ) => kept.extend(part),
            _ => {}
        }
    }
    Ok(kept)
}

/// Goes from segment to segment: a picture may say its size more than once, and be sent in any number of passes.
fn jpeg(file: &[u8]) -> Result<(u64, u64), Fault> {
    let (mut frame, mut passes) = (None, 0_u64);
    let mut rest = file;
    while let Some(start) = rest.windows(2).position(|pair| matches!(pair, [0xFF, 0x01..=0xFE])) {
        let Some([marker, after @ ..]) = rest.get(start + 1..) else { break };
        rest = after;
        // Those have no content: restarts, beginning and end.
        if matches!(marker, 0x01 | 0xD0..=0xD9) {
            continue;
        }
        let Some([high, low]) = rest.first_chunk::<2>() else { break };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let side = |at: usize| {
                let bytes = rest.get(at..at + 2)?.try_into().ok()?;
                Some(u64::from(u16::from_be_bytes(bytes)))
            };
            let (Some(height), Some(width)) = (side(3), side(5)) else { break };
            bounded(width, height)?;
            frame = Some((width, height));
        }
        passes += u64::from(*marker == 0xDA);
        rest = rest.get(length..).unwrap_or_default();
    }
    let (width, height) = frame.ok_or_else(|| Fault::new("Filen är en skadad jpg-bild.", WHOLE))?;
    if (width * height).saturating_mul(passes) > MOST_SET {
        return Err(Fault::new(format!("Bilden är sparad i {passes} omgångar."), WHOLE));
    }
    Ok((width, height))
}

/// Other kinds of files, told by how they begin.
fn other(file: &[u8]) -> Option<&'static str> {
    let begins = |start: &[u8]| file.starts_with(start);
    let holds = |at: usize, word: &[u8]| file.get(at..).is_some_and(|rest| rest.starts_with(word));
    Some(match file {
        _ if begins(b"GIF8") => "en gif-bild",
        _ if begins(b"RIFF") && holds(8, b"WEBP") => "en webp-bild",
        _ if begins(b"II*\0") || begins(b"MM\0*") => "en tiff-bild",
        _ if begins(b"BM") => "en bmp-bild",
        _ if holds(4, b"ftyp") => "en bild från en telefon (heic eller avif)",
        _ if begins(b"\x01\0\0\0") && holds(40, b" EMF") => "en emf-bild från Word",
        _ if begins(b"\xD7\xCD\xC6\x9A") || begins(b"\x01\0\x09\0") => "en wmf-bild från Word",
        _ if begins(b"%PDF") => "en pdf-fil eller en fil från Illustrator (ai)",
        _ if begins(b"%!PS") || begins(b"\xC5\xD0\xD3\xC6") => "en eps-fil",
        _ if begins(b"\x1F\x8B") => "en packad svg-fil (svgz)",
        _ if begins(b"8BPS") => "en fil från Photoshop (psd)",
        _ if begins(b"PK\x03\x04") => "en zip-fil",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        file.extend(width.to_be_bytes());
        file.extend(height.to_be_bytes());
        file
    }

    fn frame(width: u16, height: u16) -> Vec<u8> {
        let mut part = vec![0xFF, 0xC2, 0, 11, 8];
        part.extend(height.to_be_bytes());
        part.extend(width.to_be_bytes());
        part.extend([1, 1, 0x11, 0]);
        part
    }

    #[test]
    fn the_size_is_known_before_anything_is_decoded() {
        assert_eq!(check(&png(2000, 1000)).unwrap().0, Kind::Png);
        for (width, height) in [(100_000, 100_000), (u32::MAX, u32::MAX), (0, 5)] {
            assert!(check(&png(width, height)).is_err());
        }
        let jpeg =
            |parts: &[Vec<u8>]| check(&[&[0xFF, 0xD8][..], &parts.concat()].concat()).map(|(kind, _)| kind);
        let scan = vec![0xFF, 0xDA, 0, 2, 1, 2, 0xFF, 0, 3];
        assert_eq!(jpeg(&[frame(2000, 1000), scan.clone()]), Ok(Kind::Jpeg));
        assert!(jpeg(&[frame(10, 10), frame(65_535, 65_535)]).is_err(), "the second size counts too");
        assert!(jpeg(&[frame(3000, 3000), scan.repeat(5000)]).is_err());
        assert!(jpeg(&[scan]).is_err());
    }

    #[test]
    fn packed_texts_are_left_out_and_profiles_are_bounded() {
        let part =
            |name: &[u8], length: u32| [&length.to_be_bytes(), name, &vec![0; length as usize + 4]].concat();
        let whole = [png(9, 9), vec![0; 9]].concat();
        let with = |more: Vec<u8>| [whole.clone(), more, part(b"IDAT", 9)].concat();
        let plain = check(&with(Vec::new())).unwrap().1.into_owned();
        assert_eq!(plain, with(Vec::new()));
        assert_eq!(check(&with(part(b"zTXt", 500))).unwrap().1, plain);
        assert_eq!(check(&with(part(b"iCCP", 500))).unwrap().1, with(part(b"iCCP", 500)));
        assert!(check(&with(part(b"iCCP", 20_000))).is_err());
    }

    #[test]
    fn other_kinds_are_told_by_their_name() {
        let emf = [&b"\x01\0\0\0"[..], &[0; 36], b" EMF"].concat();
        for (file, word) in [
            (&emf[..], "emf"),
            (b"GIF89a", "gif"),
            (b"%PDF-1.7", "Illustrator"),
            (b"\x1F\x8B\x08", "svgz"),
            (b"\xD7\xCD\xC6\x9A", "wmf"),
        ] {
            assert!(check(file).unwrap_err().problem.contains(word), "{word}");
        }
    }
}

//! PDF files: what they do not tell any more, and what is refused.

use super::*;
use lopdf::{Document, Object, Stream, dictionary};

const WHO: &str = "Nguyen Thi Thu";

/// A PDF of one page, changed by `change` before it is written.
pub(super) fn pdf(change: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let words = Stream::new(dictionary! {}, b"BT (Noi dung) Tj ET".to_vec());
    let words = document.add_object(words);
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => words,
        "MediaBox" => vec![0.into(), 0.into(), 200.into(), 200.into()],
    });
    let kids = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, kids.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    change(&mut document);
    let mut written = Vec::new();
    document.save_to(&mut written).unwrap();
    written
}

fn page_of(document: &mut Document) -> &mut lopdf::Dictionary {
    let page = document.get_pages()[&1];
    document.get_dictionary_mut(page).unwrap()
}

fn who() -> Object {
    Object::string_literal(WHO)
}

/// Everything that names somebody, where programs write it.
fn signed_everywhere(document: &mut Document) {
    let info = document.add_object(dictionary! { "Author" => who(), "Creator" => who() });
    document.trailer.set("Info", info);
    let kind = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let xmp = document.add_object(Stream::new(kind, WHO.into()));
    document.catalog_mut().unwrap().set("Metadata", xmp);
    let remark = document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Text", "T" => who(), "Contents" => Object::string_literal("nho xem lai"),
        "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
    });
    let signature = document.add_object(dictionary! { "Type" => "Sig", "Name" => who() });
    let field = document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "T" => "ho_ten", "V" => signature,
        "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
    });
    let attached = Stream::new(dictionary! { "Type" => "EmbeddedFile" }, WHO.into());
    let attached = document.add_object(attached);
    let files = dictionary! { "Names" => vec![who(), attached.into()] };
    let names = dictionary! { "EmbeddedFiles" => files };
    document.catalog_mut().unwrap().set("Names", names);
    let private = dictionary! { "Word" => dictionary! { "Private" => who() } };
    page_of(document).set("PieceInfo", private);
    page_of(document).set("Annots", vec![remark.into(), field.into()]);
    document.add_object(dictionary! { "Type" => "Left", "Over" => who() });
}

fn photograph(content: Vec<u8>, filter: Object) -> Stream {
    let kind = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Filter" => filter,
        "Width" => 40, "Height" => 20, "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8,
    };
    Stream::new(kind, content)
}

fn with_photograph(stream: Stream) -> Vec<u8> {
    pdf(|document| {
        let picture = document.add_object(stream);
        let pictures = dictionary! { "Metadata" => picture };
        page_of(document).set("Resources", dictionary! { "XObject" => pictures });
    })
}

/// All bytes of a file, with what is packed unpacked.
fn laid_open(bytes: &[u8]) -> Vec<u8> {
    let mut document = Document::load_mem(bytes).unwrap();
    document.decompress();
    let mut open = bytes.to_vec();
    document.save_to(&mut open).unwrap();
    open
}

#[test]
fn a_pdf_names_nobody() {
    let before = pdf(signed_everywhere);
    assert!(
        laid_open(&before)
            .windows(WHO.len())
            .filter(|w| *w == WHO.as_bytes())
            .count()
            >= 14
    );
    let clean = run("Đơn.pdf", before).unwrap();
    let after = laid_open(&clean.bytes);
    assert!(!holds(&after, WHO.as_bytes()));
    for kept in ["Noi dung", "nho xem lai", "ho_ten"] {
        assert!(holds(&after, kept.as_bytes()), "{kept}");
    }
    assert_eq!(
        Document::load_mem(&clean.bytes).unwrap().get_pages().len(),
        1
    );
    assert!(run("a.pdf", clean.bytes).is_ok());
}

#[test]
fn a_packed_pdf_names_nobody_either() {
    let mut document = Document::load_mem(&pdf(signed_everywhere)).unwrap();
    let mut packed = Vec::new();
    document.save_modern(&mut packed).unwrap();
    assert!(holds(&packed, b"ObjStm"));
    assert!(!holds(
        &laid_open(&run("a.pdf", packed).unwrap().bytes),
        WHO.as_bytes()
    ));
}

#[test]
fn a_photograph_in_a_pdf_does_not_tell_where_it_was_taken() {
    let picture = jpeg_with_exif(1);
    let mut deflated = Stream::new(dictionary! {}, picture.repeat(1));
    deflated.compress().unwrap();
    let both = Object::Array(vec!["FlateDecode".into(), "DCTDecode".into()]);
    let packed = match deflated.filters() {
        Ok(_) => photograph(deflated.content, both),
        Err(_) => photograph(picture.clone(), "DCTDecode".into()),
    };
    for stream in [photograph(picture.clone(), "DCTDecode".into()), packed] {
        let clean = run("a.pdf", with_photograph(stream)).unwrap();
        assert!(!holds(&laid_open(&clean.bytes), WHERE_IT_WAS));
        let document = Document::load_mem(&clean.bytes).unwrap();
        let pixels = document.objects.values().find_map(|object| {
            let stream = object.as_stream().ok()?;
            image::load_from_memory(&stream.content).ok()
        });
        assert_eq!(pixels.unwrap().dimensions(), (40, 20));
    }
    let broken = photograph(picture[..60].to_vec(), "DCTDecode".into());
    assert_eq!(
        fault("a.pdf", with_photograph(broken)),
        Some(FileError::Document)
    );
}

#[test]
fn a_pdf_that_cannot_be_cleaned_is_refused() {
    let no_page = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n".to_vec();
    assert_eq!(fault("a.pdf", no_page), Some(FileError::Document));
    let locked = pdf(|document| {
        let lock = dictionary! { "Filter" => "Standard", "V" => 1, "R" => 2 };
        document.trailer.set("Encrypt", lock);
    });
    assert_eq!(fault("a.pdf", locked), Some(FileError::Document));
}

#[test]
fn a_pdf_that_unpacks_without_end_is_refused() {
    let bomb = |size: usize| {
        let mut file = pdf(|document| {
            for _ in 0..4 {
                // the library writes no such stream by itself, so it is named afterwards
                let kind = dictionary! { "Type" => "ObjStX", "N" => 1, "First" => 4 };
                let content = [b"9 0 ".as_slice(), &vec![b' '; size]].concat();
                let mut packed = Stream::new(kind, content);
                packed.compress().unwrap();
                document.add_object(packed);
            }
        });
        while let Some(at) = file.windows(6).position(|window| window == b"ObjStX") {
            file[at + 5] = b'm';
        }
        file
    };
    for size in [5 * 1024 * 1024, 32 * 1024 * 1024] {
        let bomb = bomb(size);
        assert!(bomb.len() < 256 * 1024);
        assert_eq!(fault("a.pdf", bomb), Some(FileError::Document));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_pdf_is_cleaned_or_refused(at in 0..900usize, byte in any::<u8>()) {
        let mut bytes = pdf(signed_everywhere);
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        if let Ok(clean) = run("a.pdf", bytes) {
            prop_assert!(!holds(&clean.bytes, b"/Author"));
        }
    }

    #[test]
    fn segments_that_are_none_are_refused_without_panic(
        noise in proptest::collection::vec(any::<u8>(), 0..60)
    ) {
        let picture = [b"\xff\xd8\xff".as_slice(), &noise].concat();
        if let Some(clean) = super::super::jpeg::without_metadata(&picture) {
            prop_assert!(clean.len() <= picture.len() && clean.ends_with(b"\xff\xd9"));
        }
    }
}
